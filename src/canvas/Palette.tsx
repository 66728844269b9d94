/** The palette: every kind of node, to be dragged onto the canvas, clicked, or chosen by keyboard. */
import type { NodeKind } from '../scenario/document.ts'
import { NODE_KINDS } from '../scenario/kinds.ts'
import { outline } from '../scenario/outlines.ts'
import { useVerbs } from '../session/react.tsx'
import { KIND_DRAGGED } from './kindDragged.ts'
import { KIND_SENTENCE } from './kindSentences.ts'
import styles from './Palette.module.css'
import { roundedPath } from './silhouettePath.ts'
import { KIND_WORD } from './words.ts'

export function Palette() {
  return (
    <ul className={styles.list} aria-label="Add to the canvas">
      {NODE_KINDS.map((kind) => (
        <li key={kind}>
          <PaletteEntry kind={kind} />
        </li>
      ))}
    </ul>
  )
}

function PaletteEntry({ kind }: { kind: NodeKind }) {
  const verbs = useVerbs()
  const add = () => void import('./addNode.ts').then(({ addNodeNext }) => addNodeNext(verbs, kind))
  return (
    <button
      type="button"
      className={styles.entry}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(KIND_DRAGGED, kind)
        event.dataTransfer.effectAllowed = 'copy'
      }}
      onClick={add}
    >
      <Thumbnail kind={kind} />
      <span className={styles.text}>
        <span className={styles.name}>{KIND_WORD[kind]}</span>
        <span className={styles.sentence}>{KIND_SENTENCE[kind]}</span>
      </span>
    </button>
  )
}

const [WIDTH, HEIGHT] = [40, 26]
/** The outlines are drawn for bodies of this height. */
const SCALE = 0.4

function Thumbnail({ kind }: { kind: NodeKind }) {
  const wide = kind === 'exchange' ? HEIGHT : WIDTH
  const body = { x: 0, y: 0, width: wide / SCALE, height: HEIGHT / SCALE }
  const path = roundedPath(outline(kind, body, 3), 5)
  return (
    <svg width={WIDTH + 4} height={HEIGHT + 4} className={styles.thumbnail} aria-hidden="true">
      <g transform={`translate(${2 + (WIDTH - wide) / 2} 2) scale(${SCALE})`}>
        {kind === 'groupConsumer' && <path d={path} transform="translate(6 -5)" />}
        <path d={path} />
        <ThumbnailMarks kind={kind} width={body.width} height={body.height} />
      </g>
    </svg>
  )
}

function ThumbnailMarks(props: { kind: NodeKind; width: number; height: number }) {
  const { kind, width, height } = props
  const middle = height / 2
  switch (kind) {
    case 'queue':
      return <path d={`M34 ${middle - 12}v24M56 ${middle - 12}v24M78 ${middle - 12}v24`} />
    case 'topic':
      return <path d={`M8 ${height / 3}H${width - 14}M8 ${(2 * height) / 3}H${width - 14}`} />
    case 'eventStore':
      return <path d={`M26 8V${height - 8}M52 8V${height - 8}M76 8V${height - 8}`} />
    case 'projection':
      return <path d={`M0 20H${width}M10 36H${width - 10}M10 50H${width - 10}`} />
    case 'consumer':
    case 'groupConsumer':
      return <circle cx={width / 2} cy={middle} r={15} />
    case 'relay':
      return <path d={`M38 ${middle - 10}l10 10-10 10m14-20 10 10-10 10`} />
    default:
      return null
  }
}
