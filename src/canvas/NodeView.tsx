/**
 * A node on the canvas: its silhouette, name and ports. It renders when the document changes and never
 * while playing: what is inside it at this moment is drawn by the message layer on top.
 */
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { NodeDoc } from '../scenario/document.ts'
import { handlePoint, TITLE_HEIGHT } from '../scenario/shapes.ts'
import { WarningIcon } from '../ui/icons.ts'
import type { FlowNode } from './graph.ts'
import styles from './NodeView.module.css'
import { gives, takes } from './ports.ts'
import { Silhouette } from './Silhouette.tsx'
import { StepsAt } from './StepsAt.tsx'

function NodeViewPlain({ data, isConnectable }: NodeProps<FlowNode>) {
  const { doc, size, kind, unfinished } = data
  return (
    <div className={styles.node} style={size}>
      <div className={styles.title} style={{ height: TITLE_HEIGHT }}>
        <span className={styles.name}>{doc.name}</span>
        <span className={styles.kind}>{kind}</span>
        {unfinished && <WarningIcon aria-hidden="true" className={styles.unfinished} />}
      </div>
      <Silhouette doc={doc} size={size} />
      <Ports doc={doc} size={size} isConnectable={isConnectable} />
      <StepsAt node={doc.id} />
    </div>
  )
}

export const NodeView = memo(NodeViewPlain)

function Ports(props: {
  doc: NodeDoc
  size: { width: number; height: number }
  isConnectable: boolean
}) {
  const { doc, size, isConnectable } = props
  const top = handlePoint(size, 'in').y
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        style={{ top }}
        className={styles.port}
        isConnectable={isConnectable && takes(doc.kind)}
        aria-hidden="true"
      />
      <Handle
        type="source"
        position={Position.Right}
        style={{ top }}
        className={styles.port}
        isConnectable={isConnectable && gives(doc.kind)}
        aria-hidden="true"
      />
    </>
  )
}
