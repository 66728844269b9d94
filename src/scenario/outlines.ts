/** The silhouette of each kind of node, so that kinds can be told apart when nothing can be read. */
import type { NodeKind } from './document.ts'
import type { Box } from './shapes.ts'

/**
 * The silhouette as a polygon, x and y in turn: kinds can be told apart by it when nothing can be read.
 * What goes out points right, what takes in has a notch, what grows is open or toothed at its right.
 */
export function outline(kind: NodeKind, body: Box, partitions = 1): number[] {
  const { x: l, y: t, width, height } = body
  const [r, b, m] = [l + width, t + height, t + height / 2]
  switch (kind) {
    case 'natsRequester':
      return [l, t, r - 20, t, r, t + 20, r - 20, m, r, b - 20, r - 20, b, l, b]
    case 'producer':
      return [l, t, r - 26, t, r, m, r - 26, b, l, b]
    case 'exchange':
      return [l + width / 2, t, r, m, l + width / 2, b, l, m]
    case 'consumer':
    case 'groupConsumer':
      return [l, t, r, t, r, b, l, b, l, m + 15, l + 11, m, l, m - 15]
    // What is polled has its notch where it is taken from; who polls it reaches in.
    case 'sqsQueue':
    case 'cloudSubscription':
      return [l, t, r, t, r, m - 15, r - 11, m, r, m + 15, r, b, l, b]
    case 'pollingConsumer':
      return [l + 10, t, r, t, r, b, l + 10, b, l + 10, m + 14, l, m, l + 10, m - 14]
    // Who listens has its ear on the left: a funnel, flat for channels.
    case 'natsSubscriber':
      return [l, t, r, t, r, b, l, b, l + 10, m + 20, l + 10, m - 20]
    case 'redisSubscriber':
      return [l, t, r, t, r, b, l, b, l + 10, b - 16, l + 10, t + 16]
    // A place is open on both sides: what comes in goes out, and nothing stays.
    case 'natsServer':
      return [l, t, r, t, r - 14, m, r, b, l, b, l + 14, m]
    case 'redisServer':
      return [
        l,
        t,
        r,
        t,
        r - 14,
        m - 20,
        r - 14,
        m + 20,
        r,
        b,
        l,
        b,
        l + 14,
        m + 20,
        l + 14,
        m - 20,
      ]
    case 'natsStream':
      return [l, t, ...teeth(r, t, b, 9, 3), l, b]
    // It grows at the right and is eaten from the left.
    case 'redisStream':
      return [l, t, ...teeth(r, t, b, 9, 4), l, b, l, m + 15, l + 8, m, l, m - 15]
    case 'redisGroup':
      return [
        l + 12,
        t,
        r,
        t,
        r,
        m - 15,
        r - 11,
        m,
        r,
        m + 15,
        r,
        b,
        l + 12,
        b,
        l,
        b - 12,
        l,
        t + 12,
      ]
    case 'redisConsumer':
      return [...cutRight(l + 10, t, r, b), l + 10, b, l + 10, m + 14, l, m, l + 10, m - 14]
    case 'redisReader':
      return [...cutRight(l, t, r, b), l, b, l, m + 15, l + 11, m, l, m - 15]
    case 'commandHandler':
      return [
        l + 16,
        t,
        r - 16,
        t,
        r,
        t + 16,
        r,
        b - 16,
        r - 16,
        b,
        l + 16,
        b,
        l,
        b - 16,
        l,
        t + 16,
      ]
    case 'processManager':
      return [l, t, r - 16, t, r, m, r - 16, b, l, b, l + 11, m]
    case 'service':
      return [
        l + 12,
        t,
        r - 12,
        t,
        r,
        t + 12,
        r,
        b - 12,
        r - 12,
        b,
        l + 12,
        b,
        l,
        b - 12,
        l,
        t + 12,
      ]
    // A place: whoever is there hears, from all sides.
    case 'mqttBroker':
    case 'cloudTopic':
      return bevelled(body, 14)
    // Both ways over one connection.
    case 'mqttClient':
      return [l + 10, t, r - 10, t, r, m, r - 10, b, l + 10, b, l, m]
    case 'relay':
      return [l + 16, t, r - 20, t, r, m, r - 20, b, l + 16, b, l, m]
    case 'topic':
      return [l, t, ...teeth(r, t, b, 12, partitions), l, b]
    case 'eventStore':
      return [l, t, ...teeth(r, t, b, 7, Math.max(1, Math.round(height / 12))), l, b]
    default:
      return [l, t, r, t, r, b, l, b]
  }
}

/** From the top left to the lower right, without the corners at the right. */
function cutRight(l: number, t: number, r: number, b: number): number[] {
  return [l, t, r - 12, t, r, t + 12, r, b - 12, r - 12, b]
}

/** A rectangle without its corners. */
function bevelled({ x: l, y: t, width, height }: Box, cut: number): number[] {
  const [r, b] = [l + width, t + height]
  return [
    ...[l + cut, t, r - cut, t, r, t + cut, r, b - cut],
    ...[r - cut, b, l + cut, b, l, b - cut, l, t + cut],
  ]
}

/** A right edge of so many points that stand out by `reach`. */
function teeth(right: number, top: number, bottom: number, reach: number, count: number): number[] {
  const high = (bottom - top) / count
  const points: number[] = [right - reach, top]
  for (let i = 0; i < count; i++) {
    points.push(right, top + (i + 0.5) * high, right - reach, top + (i + 1) * high)
  }
  return points
}
