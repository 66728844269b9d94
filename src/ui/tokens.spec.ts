/** The contrast of every pair of roles and the eight message hues, read from tokens.css itself. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Roles = ReadonlyMap<string, string>
type Rgb = readonly [number, number, number]

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const themes = ['light', 'dark', 'contrast', 'projector'] as const

describe.each(themes)('given the theme %s', (theme) => {
  const roles = rolesOf(`:root[data-theme="${theme}"]`)
  const text = theme === 'contrast' || theme === 'projector' ? 7 : 4.5
  const surfaces = ['canvas', 'surface', 'surface-raised', 'surface-sunken']
  const hues = ['accent', 'danger', 'warning', 'ok']

  test('then words are legible on every surface', () => {
    const words = ['ink', 'ink-soft', 'quiet', ...hues, 'code-text', 'code-number']
    for (const surface of surfaces) {
      for (const word of words) expectContrast(roles, word, surface, text)
    }
  })

  test('then words are legible on every tint and every solid hue', () => {
    for (const hue of hues) {
      expectContrast(roles, hue, `${hue}-soft`, text === 7 ? 7 : 4.5)
      expectContrast(roles, 'ink', `${hue}-soft`, text)
    }
    for (const hue of ['accent', 'danger']) {
      expectContrast(roles, `${hue}-ink`, hue, text)
      expectContrast(roles, `${hue}-ink`, `${hue}-hover`, text)
    }
    expectContrast(roles, 'lit-ink', 'lit', 7)
  })

  test('then edges of controls and the focus ring stand out from every surface', () => {
    for (const surface of surfaces) {
      expectContrast(roles, 'line-strong', surface, 3)
      expectContrast(roles, 'focus', surface, 3)
    }
  })

  test('then every message stands out from the canvas and carries its label', () => {
    for (const message of messages) {
      expectContrast(roles, message, 'canvas', text === 7 ? 4.5 : 3)
      expectContrast(roles, 'message-ink', message, 4.5)
    }
  })

  test.each(Object.keys(sight))('then no two messages look alike to %s eyes', (eyes) => {
    const seen = messages.map((name) => oklab(seenBy(eyes, roles, name)))
    for (const [i, one] of seen.entries()) {
      for (const [j, other] of seen.slice(0, i).entries()) {
        const apart = Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
        expect(apart, `message-${i + 1} and message-${j + 1}`).toBeGreaterThan(0.07)
      }
    }
  })

  test('then it casts the same roles as every other theme', () => {
    expect([...roles.keys()]).toEqual([...rolesOf(':root[data-theme="light"]').keys()])
  })
})

test('given no choice and a dark system, then the colours are those of the dark theme', () => {
  const automatic = rolesOf(':root[data-theme="auto"]')
  expect([...automatic]).toEqual([...rolesOf(':root[data-theme="dark"]')])
})

const messages = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `message-${n}`)

/** How a colour arrives in linear light, after Machado, Oliveira and Fernandes 2009, full severity. */
const sight: Record<string, readonly Rgb[]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopic: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopic: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopic: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function rolesOf(selector: string): Roles {
  const start = css.indexOf(`${selector} {`)
  expect(start, `${selector} in tokens.css`).toBeGreaterThan(-1)
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  const pairs = [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)]
  return new Map(pairs.map(([, name, value]) => [name ?? '', value ?? '']))
}

function expectContrast(roles: Roles, front: string, back: string, atLeast: number): void {
  const [light, dark] = [luminance(linear(roles, front)), luminance(linear(roles, back))].sort(
    (a, b) => b - a,
  ) as [number, number]
  expect((light + 0.05) / (dark + 0.05), `${front} on ${back}`).toBeGreaterThanOrEqual(atLeast)
}

function linear(roles: Roles, role: string): Rgb {
  const hex = roles.get(role) ?? ''
  expect(hex, role).toMatch(/^#[0-9a-f]{6}$/)
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function seenBy(eyes: string, roles: Roles, role: string): Rgb {
  const [r, g, b] = linear(roles, role)
  const [x, y, z] = (sight[eyes] ?? []).map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  )
  return [x ?? 0, y ?? 0, z ?? 0]
}

/** Ottosson's OKLab, in which equal distances look about equally large. */
function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
