/** The quiet grid behind the drawing. */
import { Background, BackgroundVariant } from '@xyflow/react'

export function Dots() {
  return (
    <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
  )
}
