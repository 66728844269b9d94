/** The outline of a node and the marks that never change; all that moves inside it is drawn by the message layer. */
import type { ExchangeDoc, NodeDoc } from '../scenario/document.ts'
import { outline } from '../scenario/outlines.ts'
import { QUEUE_RAIL, type Size, TITLE_HEIGHT, tableRows } from '../scenario/shapes.ts'
import styles from './NodeView.module.css'
import { roundedPath } from './silhouettePath.ts'

export function Silhouette({ doc, size }: { doc: NodeDoc; size: Size }) {
  const body = { x: 0, y: 0, width: size.width, height: size.height - TITLE_HEIGHT }
  const partitions = doc.kind === 'topic' ? doc.partitions : 1
  const radius = doc.kind === 'eventStore' ? 1.5 : doc.kind === 'topic' ? 4 : 6
  const path = roundedPath(outline(doc.kind, body, partitions), radius)
  return (
    <svg
      className={styles.silhouette}
      style={{ top: TITLE_HEIGHT }}
      width={body.width}
      height={body.height}
      aria-hidden="true"
    >
      {doc.kind === 'groupConsumer' && <path d={path} className={styles.behind} />}
      <path d={path} className={doc.kind === 'queue' ? styles.tray : styles.body} />
      <Marks doc={doc} width={body.width} height={body.height} />
    </svg>
  )
}

function Marks({ doc, width, height }: { doc: NodeDoc; width: number; height: number }) {
  switch (doc.kind) {
    case 'queue':
      return <TrayMarks width={width} height={height} />
    case 'exchange':
      return (
        <g transform={`translate(${width / 2} ${height * 0.34})`}>
          <ExchangeMark type={doc.type} />
        </g>
      )
    case 'sqsQueue':
    case 'cloudSubscription':
      return <path d={`M10 ${QUEUE_RAIL}H${width - 16}`} className={styles.rule} />
    case 'redisGroup':
      return <path d={`M10 38H${width - 16}`} className={styles.rule} />
    case 'natsConsumer':
      return <path d={`M10 ${QUEUE_RAIL}H${width - 10}`} className={styles.rule} />
    case 'natsServer':
    case 'redisServer':
      return <path d={`M24 30H${width - 24}`} className={styles.rule} />
    case 'pollingConsumer':
    case 'natsSubscriber':
    case 'redisSubscriber':
    case 'redisConsumer':
    case 'redisReader':
    case 'consumer':
    case 'groupConsumer':
      return <path d={`M12 ${height - 56}H${width - 12}`} className={styles.rule} />
    case 'projection':
      return <TableMarks width={width} height={height} />
    case 'relay':
      return (
        <path d={`M${width - 36} ${height / 2 - 7}l7 7-7 7m8-14 7 7-7 7`} className={styles.mark} />
      )
    default:
      return null
  }
}

/** Rails that are open where messages come in. */
function TrayMarks({ width, height }: { width: number; height: number }) {
  return (
    <>
      <path
        d={`M-7-4Q-2 0 4 0H${width - 6}Q${width} 0 ${width} 6V${height - 6}Q${width} ${height} ${width - 6} ${height}H6Q0 ${height} 0 ${height - 6}V${QUEUE_RAIL}`}
        className={styles.rail}
      />
      <path
        d={`M-7 ${QUEUE_RAIL + 4}Q-2 ${QUEUE_RAIL} 4 ${QUEUE_RAIL}H${width}`}
        className={styles.rail}
      />
    </>
  )
}

function TableMarks({ width, height }: { width: number; height: number }) {
  const grid = tableRows({ x: 0, y: 0, width, height })
  const lines = Array.from({ length: grid.rows }, (_, i) => grid.y + (i + 1) * grid.cellHeight)
  return (
    <>
      <path
        d={`M0 ${grid.y}V6Q0 0 6 0H${width - 6}Q${width} 0 ${width} 6V${grid.y}Z`}
        className={styles.head}
      />
      {lines.map((y) => (
        <path key={y} d={`M10 ${y}H${width - 10}`} className={styles.rule} />
      ))}
    </>
  )
}

function ExchangeMark({ type }: { type: ExchangeDoc['type'] }) {
  const paths = {
    default: 'M-11-4H11M-11 4H11',
    direct: 'M-13 0H12M6-6 12 0 6 6',
    fanout:
      'M-13 0H12M-4 0 11-12M-4 0 11 12M7-4 12 0 7 4M4.5-11.5 11-12 9.5-6M4.5 11.5 11 12 9.5 6',
    // A pattern of words: one, any one, any number.
    topic: 'M-14 6h6M-3 2v8M-7 4l8 4M-7 8l8-4M7 1v10M11 1v10M5 4h8M5 8h8M-14-7H8M3-12 9-7 3-2',
    // Rows of a table that are compared.
    headers: 'M-13-8H-3M1-8H13M-13 0H-3M1 0H13M-13 8H-3M1 8h5M8 7l2 3 5-7',
    // A key falls into one of several buckets.
    'x-consistent-hash': 'M0-13V-3M-4-7 0-2 4-7M-14 2v9h8V2M-4 2v9h8V2M6 2v9h8V2',
  }
  return <path d={paths[type]} className={styles.mark} />
}
