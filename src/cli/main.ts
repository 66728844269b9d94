/** The command line: `npm run simulate`, `npm run conformance`, `npm run bench`. */
import '../history/everything.ts'
import { bench } from './bench.ts'
import { conformance } from './conformance.ts'
import { simulate } from './simulate.ts'

const print = (line: string) => console.log(line)
const complain = (line: string) => console.error(line)

const COMMANDS: Record<string, (args: string[]) => number | Promise<number>> = {
  simulate: (args) => simulate(args, print, complain),
  conformance: (args) => conformance(args, print),
  bench,
}

const [name = '', ...args] = process.argv.slice(2)
const command = COMMANDS[name]
if (command) {
  process.exitCode = await command(args)
} else {
  console.error(`There is no command '${name}'. Give one of: ${Object.keys(COMMANDS).join(', ')}.`)
  process.exitCode = 2
}
