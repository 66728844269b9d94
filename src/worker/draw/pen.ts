/**
 * What the message layer needs of a 2D context, stated structurally: the same drawing code compiles for a
 * worker's OffscreenCanvas, for a canvas of the page, and for a fake one in a test.
 */
export interface Pen {
  fillStyle: unknown
  strokeStyle: unknown
  globalAlpha: number
  lineWidth: number
  lineCap: string
  lineJoin: string
  font: string
  textAlign: string
  textBaseline: string
  save(): void
  restore(): void
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void
  clearRect(x: number, y: number, width: number, height: number): void
  fillRect(x: number, y: number, width: number, height: number): void
  beginPath(): void
  closePath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void
  arc(x: number, y: number, radius: number, from: number, to: number): void
  rect(x: number, y: number, width: number, height: number): void
  roundRect(x: number, y: number, width: number, height: number, radius: number): void
  fill(): void
  stroke(): void
  clip(): void
  setLineDash(dashes: number[]): void
  fillText(text: string, x: number, y: number): void
  measureText(text: string): { width: number }
}

/** A canvas to paint on: OffscreenCanvas, or the page's own. */
export interface Surface {
  width: number
  height: number
  getContext(kind: '2d'): unknown
}
