/** Folding logs and running programs beside the run: what the fold view asks, and where it is answered. */
export type {
  AskedCommand,
  Card,
  Comparison,
  Decided,
  FoldQuestions,
  LoggedEvent,
  LogName,
  LogSummary,
  NumberPlace,
  Redecided,
} from '../worker/fold/protocol.ts'
export { placeOfCell, type Row, rowsOf } from '../worker/fold/rows.ts'
export { FoldClient } from '../worker/foldClient.ts'
export { type Happening, type PythonEnd, startPython } from '../worker/pythonClient.ts'
