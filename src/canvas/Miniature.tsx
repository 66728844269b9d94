/**
 * The drawing alone, in a small frame: the same silhouettes, links and messages, fitted to the box, with no
 * hand in it. It does without React Flow, so that a page of miniatures loads little.
 */
import { type CSSProperties, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Scenario } from '../scenario/document.ts'
import { scenarioGeometry, TITLE_HEIGHT } from '../scenario/shapes.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { classes } from '../ui/classes.ts'
import canvas from './Canvas.module.css'
import { fitBoxes, titleScale, ZOOMED_OUT } from './fit.ts'
import { LinkShape } from './LinkShape.tsx'
import styles from './Miniature.module.css'
import node from './NodeView.module.css'
import { Silhouette } from './Silhouette.tsx'
import { Surface, usePixelRatio } from './Surface.tsx'
import { keyOf, kindOf } from './words.ts'

interface MiniatureProps {
  /** CSS pixels around the drawing. */
  margin?: number
  /** Largest zoom that fitting chooses. */
  zoomMost?: number
}

export function Miniature({ margin = 16, zoomMost = 1 }: MiniatureProps) {
  const verbs = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const geometry = useMemo(() => scenarioGeometry(scenario), [scenario])
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(box)
  const pixelRatio = usePixelRatio()
  const view = useMemo(
    () => fitBoxes(geometry.nodes, width, height, margin, zoomMost),
    [geometry, width, height, margin, zoomMost],
  )
  useLayoutEffect(() => verbs.setGeometry(geometry), [verbs, geometry])
  useLayoutEffect(() => {
    if (width > 0) verbs.setView({ ...view, width, height, pixelRatio })
  }, [verbs, view, width, height, pixelRatio])
  const style = {
    transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})`,
    '--title-scale': titleScale(view.zoom),
  } as CSSProperties
  const far = view.zoom < ZOOMED_OUT
  return (
    <div ref={box} className={classes(canvas.canvas, far && 'zoomed-out')} inert aria-hidden="true">
      <div className={styles.drawing} style={style}>
        <Links curves={geometry.links} scenario={scenario} />
        <Nodes scenario={scenario} boxes={geometry.nodes} />
      </div>
      <Surface />
    </div>
  )
}

type Geometry = ReturnType<typeof scenarioGeometry>

function Links({ curves, scenario }: { curves: Geometry['links']; scenario: Scenario }) {
  const keys = new Map(scenario.links.map((doc) => [doc.id, keyOf(doc, scenario.nodes)]))
  return (
    <svg className={styles.links} aria-hidden="true">
      {curves.map(({ id, curve }) => (
        <LinkShape key={id} curve={curve} label={keys.get(id) ?? ''} />
      ))}
    </svg>
  )
}

function Nodes({ scenario, boxes }: { scenario: Scenario; boxes: Geometry['nodes'] }) {
  return scenario.nodes.map((doc, i) => {
    const box = boxes[i]
    if (!box) return null
    const { x, y, width, height } = box
    return (
      <div key={doc.id} className={styles.node} style={{ left: x, top: y, width, height }}>
        <div className={node.title} style={{ height: TITLE_HEIGHT }}>
          <span className={node.name}>{doc.name}</span>
          <span className={node.kind}>{kindOf(doc, scenario)}</span>
        </div>
        <Silhouette doc={doc} size={box} />
      </div>
    )
  })
}

function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const box = element.current
    if (!box) return
    const measure = () => setSize({ width: box.clientWidth, height: box.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    measure()
    return () => observer.disconnect()
  }, [element])
  return size
}
