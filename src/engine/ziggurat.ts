/**
 * Exponential and normal draws by the ziggurat method (Marsaglia and Tsang 2000): 256 layers of equal
 * area, of which 98 draws in 100 need one multiplication and one comparison. Layer and position come
 * from different random bits (Doornik 2005), the position from 53 of them.
 */
import { exactExp, exactLog } from './exact.ts'
import type { Random } from './random.ts'

const LAYERS = 256
const UNIT_53 = 1 / 9007199254740992
const HIGH_WORD = 4294967296

/** The right ends of the layers, widest first, and the densities there. */
interface Layers {
  right: Float64Array
  density: Float64Array
}

/** `base` is where the tail begins, `area` that of each layer. */
function layersOf(
  base: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Layers {
  const right = new Float64Array(LAYERS + 1)
  const densities = new Float64Array(LAYERS + 1)
  // The lowest layer stands for the tail too: as wide as a box of its area would be.
  right[0] = area / density(base)
  right[1] = base
  for (let i = 2; i < LAYERS; i++) {
    const x = right[i - 1] as number
    right[i] = inverse(area / x + density(x))
  }
  for (let i = 0; i <= LAYERS; i++) densities[i] = density(right[i] as number)
  return { right, density: densities }
}

const EXPONENTIAL_BASE = 7.69711747013105
const exponentialLayers = layersOf(
  EXPONENTIAL_BASE,
  0.003949659822581557,
  (x) => exactExp(-x),
  (y) => -exactLog(y),
)

const NORMAL_BASE = 3.654152885361009
const normalLayers = layersOf(
  NORMAL_BASE,
  0.00492867323397466,
  (x) => exactExp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * exactLog(y)),
)

/**
 * As many draws from the exponential distribution with mean 1, by the generator whose state lies in `words`. It
 * is that of `Random.two`, spelled out here, so that the state is looked at once for all of them.
 */
export function drawExponentials(
  random: Random,
  words: Int32Array,
  into: Float64Array,
  count: number,
): void {
  const { right } = exponentialLayers
  let a = words[0] as number
  let b = words[1] as number
  let c = words[2] as number
  let counter = words[3] as number
  for (let i = 0; i < count; i++) {
    const one = (a + b + counter) | 0
    const nextB = (c + (c << 3)) | 0
    const nextC = (((c << 21) | (c >>> 11)) + one) | 0
    const other = ((b ^ (b >>> 9)) + nextB + counter + 1) | 0
    a = nextB ^ (nextB >>> 9)
    b = (nextC + (nextC << 3)) | 0
    c = (((nextC << 21) | (nextC >>> 11)) + other) | 0
    counter = (counter + 2) | 0
    const layer = one & 255
    const x = unit53(one, other) * (right[layer] as number)
    if (x < (right[layer + 1] as number)) {
      into[i] = x
      continue
    }
    words[0] = a
    words[1] = b
    words[2] = c
    words[3] = counter
    into[i] = furtherExponential(random, layer, x)
    a = words[0] as number
    b = words[1] as number
    c = words[2] as number
    counter = words[3] as number
  }
  words[0] = a
  words[1] = b
  words[2] = c
  words[3] = counter
}

/** The rest of a draw for which one look at the layer was not enough. */
function furtherExponential(random: Random, firstLayer: number, firstX: number): number {
  const { right, density } = exponentialLayers
  let layer = firstLayer
  let x = firstX
  let tail = 0
  for (;;) {
    // The exponential has no memory: beyond the base it begins anew.
    if (layer === 0) tail += EXPONENTIAL_BASE
    else if (isUnder(density, layer, random.unit(), exactExp(-x))) return tail + x
    random.two()
    layer = random.one & 255
    x = unit53(random.one, random.other) * (right[layer] as number)
    if (x < (right[layer + 1] as number)) return tail + x
  }
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function normal(random: Random): number {
  const { right, density } = normalLayers
  for (;;) {
    random.two()
    const word = random.one
    const layer = word & 255
    const sign = (word & 256) === 0 ? 1 : -1
    const x = unit53(word, random.other) * (right[layer] as number)
    if (x < (right[layer + 1] as number)) return sign * x
    if (layer === 0) return sign * normalTail(random)
    if (isUnder(density, layer, random.unit(), exactExp(-0.5 * x * x))) return sign * x
  }
}

/** Beyond the base (Marsaglia 1964). */
function normalTail(random: Random): number {
  for (;;) {
    const x = random.exponential() / NORMAL_BASE
    if (2 * random.exponential() > x * x) return NORMAL_BASE + x
  }
}

/** Whether a point at height `u` of the layer's top box lies under the curve, which is `at` there. */
function isUnder(density: Float64Array, layer: number, u: number, at: number): boolean {
  const low = density[layer] as number
  const high = density[layer + 1] as number
  return low + u * (high - low) < at
}

/** 53 random bits in [0, 1): the upper 21 of one word, which the layer does not use, and another word. */
function unit53(upper: number, lower: number): number {
  return ((upper >>> 11) * HIGH_WORD + (lower >>> 0)) * UNIT_53
}
