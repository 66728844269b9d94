/** The numbers of each node over both runs, all of them or up to the playhead; those that differ are lit. */
import { Fragment, useState } from 'react'
import type { Figure } from '../../history/compare/figures.ts'
import { amountText } from '../../inspector/timeText.ts'
import { nameOf } from '../../session/names.ts'
import { Toggle } from '../../ui/Toggle.tsx'
import styles from './Compare.module.css'
import type { Side } from './opposite.ts'

interface FigureTableProps {
  figures: readonly Figure[]
  /** `, up to 00:05.000`, or nothing for whole runs. */
  upTo: string
  here: Side
  there: Side
}

export function FigureTable({ figures, upTo, here, there }: FigureTableProps) {
  const [all, setAll] = useState(false)
  const shown = figures.filter((figure) => all || isLit(figure))
  const nodes = [...new Set(shown.map(({ node }) => node))]
  const differing = figures.filter(isLit).length
  const nameFor = (id: string) => {
    const isHere = here.scenario.nodes.some((node) => node.id === id)
    return nameOf(isHere ? here.scenario : there.scenario, id)
  }
  return (
    <>
      <h2 className={styles.title}>Numbers{upTo || ' of the whole run'}</h2>
      <div className={styles.row}>
        <p className={styles.quiet}>
          {differing} of {figures.length} differ
        </p>
        <Toggle label="All" checked={all} onChange={setAll} />
      </div>
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard
        <section className={styles.scroller} aria-label="Numbers of nodes" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col" className={styles.number}>
                  {here.name}
                </th>
                <th scope="col" className={styles.number}>
                  {there.name}
                </th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((node) => (
                <Fragment key={node}>
                  <tr>
                    <th scope="rowgroup" colSpan={3} className={styles.group}>
                      {nameFor(node)}
                    </th>
                  </tr>
                  {shown
                    .filter((figure) => figure.node === node)
                    .map((figure) => (
                      <tr key={figure.name}>
                        <th scope="row">{figure.name}</th>
                        <Amount figure={figure} value={figure.here} />
                        <Amount figure={figure} value={figure.there} />
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

function Amount({ figure, value }: { figure: Figure; value: number | null }) {
  return (
    <td className={styles.number}>
      <span className={isLit(figure) ? styles.lit : undefined}>
        {value === null ? 'none' : amountText(value, figure.unit)}
      </span>
    </td>
  )
}

function isLit({ here, there }: Figure): boolean {
  return here !== there
}
