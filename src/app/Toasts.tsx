/** Where toasts appear, with the motion they come in by; loaded with the first of them. */
import { MotionRoot } from '../ui/motion.tsx'
import { ToastRegion } from '../ui/ToastRegion.tsx'

export default function Toasts() {
  return (
    <MotionRoot>
      <ToastRegion />
    </MotionRoot>
  )
}
