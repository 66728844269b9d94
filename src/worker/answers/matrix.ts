/** Who got which message up to a moment: message × subscriber. One reading a run goes on where it stopped. */
import type { MessageLook } from '../../history/frame.ts'
import type { History } from '../../history/history.ts'
import { lookOf } from '../../history/looks.ts'
import { MATRIX_RULES } from '../../history/matrix/families/index.ts'
import { DeliveryMatrix, type Matrix, type MatrixOrder } from '../../history/matrix/matrix.ts'
import { type Asked, STEP_FACTS } from './answer.ts'

interface Answered extends Matrix {
  looks: MessageLook[]
}

const readings = new WeakMap<History, DeliveryMatrix>()

export function* answerMatrix(
  { history }: Asked,
  { factIndex, most, order }: { factIndex: number; most: number; order: MatrixOrder },
): Generator<undefined, Answered, undefined> {
  const known = readings.get(history)
  const matrix =
    known && known.seen <= factIndex ? known : new DeliveryMatrix(history.live, MATRIX_RULES)
  readings.set(history, matrix)
  const until = Math.min(factIndex, history.factCount)
  while (matrix.seen < until) {
    matrix.read(Math.min(until, matrix.seen + STEP_FACTS))
    yield
  }
  const result = matrix.result(most, order)
  const { records } = history.live
  return { ...result, looks: result.rows.map(({ message }) => lookOf(records, message)) }
}
