/** What can be done with the selected link: cut it, mend it, remove it. It says how long a message is under way. */
import { lazy, Suspense, useMemo } from 'react'
import { isPlace, mayLose } from '../scenario/kinds.ts'
import { type Box, linkCurve, nodeSize } from '../scenario/shapes.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CutLinkIcon, LinkIcon, PurgeIcon, RemoveIcon } from '../ui/icons.ts'
import { Menu } from '../ui/Menu.tsx'
import { Toolbar } from './Toolbar.tsx'
import styles from './Tools.module.css'
import { removeLink } from './tryEdit.ts'

const BindingMatches = lazy(() => import('./KeyMatches.tsx'))
const FilterMatches = lazy(() => import('./FilterMatches.tsx'))

export function LinkTools(props: {
  id: string
  readOnly: boolean
  docked: boolean
  /** The keyboard came here: it goes on from the first act. */
  byKeys: boolean
}) {
  const { id, readOnly, docked, byKeys } = props
  const verbs = useVerbs()
  const scenario = useSession((state) => state.scenario)
  const index = scenario.links.findIndex((link) => link.id === id)
  const link = scenario.links[index]
  const state = useSession(({ frame }) => frame?.links[index])
  const box = useMiddle(id)
  if (!link) return null
  const name = (node: string) => scenario.nodes.find((each) => each.id === node)?.name ?? node
  const from = scenario.nodes.find(({ id: each }) => each === link.from)
  const to = scenario.nodes.find(({ id: each }) => each === link.to)
  // A client of MQTT may be at either end of its one link.
  const place = [from, to].find((node) => node !== undefined && isPlace(node))
  const cut = state?.cut ?? false
  const kind = (node: string) => scenario.nodes.find((each) => each.id === node)?.kind ?? 'queue'
  const loses = mayLose(kind(link.from), kind(link.to))
  return (
    <Toolbar
      label={`Link from ${name(link.from)} to ${name(link.to)}: actions`}
      box={box}
      docked={docked}
      takesFocus={byKeys}
    >
      <span className={styles.figure}>{state ? state.latencyUs / 1000 : link.latencyMs} ms</span>
      <Button
        size="small"
        variant="ghost"
        icon={cut ? LinkIcon : CutLinkIcon}
        onClick={() => verbs.act(cut ? { do: 'mend', link: id } : { do: 'cut', link: id })}
      >
        {cut ? 'Mend' : 'Cut'}
      </Button>
      {loses && (
        <Menu
          label="Lose the next packet"
          items={LOSSES.map(({ way, label }) => ({
            id: way,
            label,
            onSelect: () => verbs.act({ do: 'loseNext', link: id, way }),
          }))}
          trigger={(trigger) => (
            <Button size="small" variant="ghost" icon={PurgeIcon} {...trigger}>
              Lose…
            </Button>
          )}
        />
      )}
      {!readOnly && (
        <IconButton
          icon={RemoveIcon}
          label="Remove this link"
          shortcut="Delete"
          size="small"
          onClick={() => removeLink(verbs, id)}
        />
      )}
      {from?.kind === 'exchange' && (
        <Suspense>
          <BindingMatches key={id} exchange={from} link={link} />
        </Suspense>
      )}
      {place && (
        <Suspense>
          <FilterMatches key={id} place={place} link={id} />
        </Suspense>
      )}
    </Toolbar>
  )
}

const LOSSES = [
  { way: 'with', label: 'The next packet along the arrow' },
  { way: 'back', label: 'The next packet on the way back' },
] as const

/** The middle of the link, with room for the messages on it. */
function useMiddle(id: string): Box | null {
  const scenario = useSession((state) => state.scenario)
  return useMemo(() => {
    const link = scenario.links.find((each) => each.id === id)
    const from = scenario.nodes.find((node) => node.id === link?.from)
    const to = scenario.nodes.find((node) => node.id === link?.to)
    if (!from || !to) return null
    const box = (node: typeof from) => ({ ...node.position, ...nodeSize(node, scenario) })
    const [x1, y1, x2, y2, x3, y3, x4, y4] = linkCurve(box(from), box(to))
    const [x, y] = [(x1 + 3 * x2 + 3 * x3 + x4) / 8, (y1 + 3 * y2 + 3 * y3 + y4) / 8]
    return { x, y: y - 16, width: 0, height: 48 }
  }, [scenario, id])
}
