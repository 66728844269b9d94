/** Amounts of money in words. */
import { amountText } from '../timeText.ts'

export function moneyText(amount: number): string {
  return amountText(amount)
}

/** How far an amount is off: `+100`, `−40`, `even`. */
export function differenceText(off: number): string {
  if (off === 0) return 'even'
  return off > 0 ? `+${amountText(off)}` : `−${amountText(-off)}`
}
