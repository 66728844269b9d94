/** The speeds on offer: simulated seconds a second of the wall clock, evenly spaced to the eye. */

export const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 10, 50, 100, 1000] as const

export function speedText(speed: number): string {
  return `${speed}×`
}

/** The next speed on offer, faster (1) or slower (-1); the last one stays. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const next =
    direction > 0
      ? speeds.find((offered) => offered > speed)
      : speeds.findLast((offered) => offered < speed)
  return next ?? speed
}

/** What to choose from: those on offer, and the present one where a figure or a lesson set another. */
export function choosable(speed: number): readonly number[] {
  const all: readonly number[] = speeds
  return all.includes(speed) ? all : [...all, speed].sort((a, b) => a - b)
}
