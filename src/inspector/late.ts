/** A part of the inspector that is loaded when it is first shown. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

export function late<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load() }))
}
