/**
 * The latest command that came to nothing, as a card that hangs from the edge of its handler: where it was turned
 * down, with the reason; after a conflict, with both writers and the version that each expected.
 */
import { clockText } from '../../../base/clockText.ts'
import type { HandlerConflict } from '../../../history/conflict.ts'
import { latestRefusal, type Refusal } from '../../../history/refusal.ts'
import type { CommandHandlerState } from '../../../history/sourcingStates.ts'
import type { Box } from '../../../scenario/shapes.ts'
import { NOTE, type Role, type Scene, type Type, widthOf, write } from '../scene.ts'

/** How long it is news, in simulated time. Then it is quiet. */
const FRESH_US = 5_000_000

/** From the lower edge of the handler: where the card begins above it and ends below, so that it reaches no neighbour. */
const CARD = { above: 34, below: 36, inset: 6, pad: 9, head: 13, line: 15 } as const
/** Seen from far away: one word. */
const FAR_CARD = { above: 16, below: 34 } as const

const HEAD: Type = { size: 12, weight: 650, role: 'ink', align: 'left' }
const LINE: Type = { size: 11.5, weight: 400, role: 'inkSoft', align: 'left' }
const LINE_END: Type = { ...LINE, align: 'right' }
const FAR_WORD: Type = { size: 25, weight: 650, role: 'danger', align: 'center' }

/** Whether the card is shown: what is no news any more gives way to what a loading has cost. */
export function hasRoomFor({ frame }: Scene, state: CommandHandlerState): boolean {
  const refusal = latestRefusal(state)
  return refusal !== null && (state.cost === null || isFresh(refusal, frame.timeUs))
}

export function drawRefusal(scene: Scene, state: CommandHandlerState, body: Box): void {
  const refusal = latestRefusal(state)
  if (refusal === null) return
  const fresh = isFresh(refusal, scene.frame.timeUs)
  const { above, below } = scene.far ? FAR_CARD : CARD
  const box = {
    x: body.x + CARD.inset,
    y: body.y + body.height - above,
    width: body.width - 2 * CARD.inset,
    height: above + below,
  }
  const before = state.rejectedCount + state.conflicts - 1
  // Earlier ones lie behind it.
  for (let i = Math.min(2, before); i > 0; i--) {
    drawSheet(scene, { ...box, x: box.x + 2.5 * i, y: box.y - 2.5 * i }, fresh, false)
  }
  drawSheet(scene, box, fresh, scene.look.selectedMessage === refusal.command)
  scene.drawn.addCard(refusal.command, box, scene.node)
  if (scene.far) drawFarWord(scene, refusal, box, fresh)
  else drawWords(scene, refusal, box, fresh)
}

function isFresh({ atUs }: Refusal, timeUs: number): boolean {
  return timeUs - atUs <= FRESH_US
}

function drawSheet(scene: Scene, box: Box, fresh: boolean, selected: boolean): void {
  const { pen, inks } = scene
  pen.beginPath()
  pen.roundRect(box.x, box.y, box.width, box.height, 3)
  pen.fillStyle = fresh ? inks.dangerSoft : inks.surfaceRaised
  pen.fill()
  pen.strokeStyle = selected ? inks.accent : fresh ? inks.danger : inks.lineStrong
  pen.lineWidth = selected ? 2.5 : 1.25
  pen.stroke()
}

function drawFarWord(scene: Scene, { conflict }: Refusal, box: Box, fresh: boolean): void {
  const word = conflict ? 'conflict' : 'rejected'
  const type = fresh ? FAR_WORD : QUIET_FAR
  write(scene, word, box.x + box.width / 2, box.y + box.height / 2, type)
}

const QUIET_FAR: Type = { ...FAR_WORD, role: 'quiet' }

function drawWords(scene: Scene, refusal: Refusal, box: Box, fresh: boolean): void {
  const [left, right] = [box.x + CARD.pad, box.x + box.width - CARD.pad]
  const top = box.y + CARD.head
  const word = refusal.conflict ? 'conflict' : 'rejected'
  const role: Role = fresh ? 'danger' : 'quiet'
  write(scene, word, right, top, wordType(role))
  const room = right - left - widthOf(scene, word, wordType(role)) - 8
  write(scene, scene.looks.get(refusal.command)?.label ?? '', left, top, HEAD, room)
  const { conflict, reason, atUs } = refusal
  const lines = conflict ? [] : linesOf(scene, reason, right - left)
  if (conflict) drawWriters(scene, conflict, left, right, top + CARD.line)
  lines.forEach((line, i) => {
    write(scene, line, left, top + (i + 1) * CARD.line, LINE)
  })
  const end = conflict && reason !== '' ? `${clockText(atUs)}, no retry left` : clockText(atUs)
  if (lines.length < LINES_MAX) write(scene, end, left, top + 3 * CARD.line, NOTE)
}

const WORDS: Partial<Record<Role, Type>> = {
  danger: { ...HEAD, role: 'danger', align: 'right' },
  quiet: { ...HEAD, role: 'quiet', align: 'right' },
}

function wordType(role: Role): Type {
  return WORDS[role] ?? HEAD
}

/** Both writers, one under the other: who lost first. */
function drawWriters(
  scene: Scene,
  { loserName, expected, found, winnerName, won }: HandlerConflict,
  left: number,
  right: number,
  y: number,
): void {
  const rows = [
    { name: loserName, says: `expected ${short(expected)}, found ${short(found)}` },
    { name: winnerName, says: `expected ${short(won)}, was first` },
  ]
  rows.forEach(({ name, says }, i) => {
    const at = y + i * CARD.line
    write(scene, says, right, at, LINE_END)
    write(scene, name, left, at, LINE, right - left - widthOf(scene, says, LINE_END) - 8)
  })
}

/** `version 2` is 2 where there is little room. */
function short(version: string): string {
  return version.replace(/^version /, '')
}

const LINES_MAX = 3

/** A sentence in lines that fit; what does not fit is shortened. */
function linesOf(scene: Scene, text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(scene, longer, LINE) <= width) lines[lines.length - 1] = longer
    else if (lines.length < LINES_MAX) lines.push(word)
    else {
      lines[lines.length - 1] = `${line} …`
      break
    }
  }
  return lines
}
