/** The bodies that a client sends in turn, one a line. */
import { LIMITS } from '../../scenario/schema/limits.ts'
import { TextField } from '../../ui/TextField.tsx'
import { linesText, readLines } from './lines.ts'

interface BodiesFieldProps {
  value: readonly string[]
  /** What is sent: `message`, `request`. */
  of: string
  onCommit: (bodies: string[]) => void
}

export function BodiesField({ value, of, onCommit }: BodiesFieldProps) {
  const read = (text: string) => readLines(text, LIMITS.bodies, LIMITS.bodyChars)
  return (
    <TextField
      code
      multiline
      label="Bodies, one a line"
      hint={`Used in turn. {n} is the number of the ${of}.`}
      value={linesText(value)}
      validate={(text) => read(text).problem}
      onCommit={(text) => {
        const { lines } = read(text)
        if (lines) onCommit(lines)
      }}
    />
  )
}
