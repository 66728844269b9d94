/** The command line: `npm run simulate`, `npm run bench`. */
import { bench } from './bench.ts'

const COMMANDS: Record<string, (args: string[]) => number> = { bench }

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command) {
  process.exitCode = command(args)
} else {
  console.error(`There is no command '${name}'. Give one of: ${Object.keys(COMMANDS).join(', ')}.`)
  process.exitCode = 2
}
