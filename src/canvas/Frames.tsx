/** Behind the nodes: a frame around the parts of each AMQP broker, and the ways that no link of the document shows. */
import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import type { Scenario } from '../scenario/document.ts'
import { type Box, linkCurve } from '../scenario/shapes.ts'
import { useSession } from '../session/react.tsx'
import styles from './Frames.module.css'
import { frameBoxes, hiddenWays } from './frames.ts'
import type { FlowNode } from './graph.ts'
import { linkPath } from './LinkShape.tsx'

export function Frames({ nodes }: { nodes: readonly FlowNode[] }) {
  const scenario = useSession((state) => state.scenario)
  const boxes = useMemo(() => boxesOf(nodes), [nodes])
  const frames = useMemo(() => frameBoxes(scenario, boxes), [scenario, boxes])
  return (
    <ViewportPortal>
      {frames.map(({ broker, box }) => (
        <div
          key={broker}
          className={styles.frame}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        >
          <span className={styles.name}>{broker}</span>
        </div>
      ))}
      <Ways scenario={scenario} boxes={boxes} />
    </ViewportPortal>
  )
}

/** Where dead letters go, and what an exchange cannot route. */
function Ways({ scenario, boxes }: { scenario: Scenario; boxes: ReadonlyMap<string, Box> }) {
  const ways = hiddenWays(scenario).flatMap(({ from, to, label }) => {
    const [start, end] = [boxes.get(from), boxes.get(to)]
    return start && end ? [{ id: `${from} ${to}`, label, curve: linkCurve(start, end) }] : []
  })
  if (ways.length === 0) return null
  return (
    <svg className={styles.ways} aria-hidden="true">
      {ways.map(({ id, label, curve }) => {
        const [x1, y1, ax, ay, bx, by, x2, y2] = curve
        return (
          <g key={id}>
            <path d={linkPath(curve)} className={styles.way} />
            <circle cx={x2} cy={y2} r={3} className={styles.end} />
            <text
              x={(x1 + 3 * ax + 3 * bx + x2) / 8}
              y={(y1 + 3 * ay + 3 * by + y2) / 8 - 5}
              className={styles.label}
            >
              {label}
            </text>
          </g>
        )
      })}
    </svg>
  )
}

function boxesOf(nodes: readonly FlowNode[]): Map<string, Box> {
  return new Map(nodes.map(({ id, position, data }) => [id, { ...position, ...data.size }]))
}
