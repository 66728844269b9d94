/** Whether an element can be seen: on the screen, in a tab that is shown. */
import { type RefObject, useEffect, useState } from 'react'

export function useInView(element: RefObject<Element | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => {
    if (!element.current) return
    let intersects = false
    const tell = () => setInView(intersects && document.visibilityState === 'visible')
    const observer = new IntersectionObserver(
      (entries) => {
        intersects = entries.at(-1)?.isIntersecting ?? false
        tell()
      },
      { threshold: 0.25 },
    )
    observer.observe(element.current)
    document.addEventListener('visibilitychange', tell)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', tell)
    }
  }, [element])
  return inView
}
