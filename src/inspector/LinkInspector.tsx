/** A link: what goes over it, how long that takes, what is under way on it now. */
import { changedFilter } from '../history/changedFilter.ts'
import type { Flight } from '../history/frame.ts'
import type { LinkDoc, NodeKind, Scenario } from '../scenario/document.ts'
import { headersFrom, headersText } from '../scenario/headersText.ts'
import { mayLose } from '../scenario/kinds.ts'
import { filterProblem, takesFilters } from '../scenario/schema/cloud.ts'
import { isFiltered } from '../scenario/schema/filters.ts'
import { LIMITS } from '../scenario/schema/limits.ts'
import { useSession, useVerbs } from '../session/react.tsx'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { CloseIcon, CutLinkIcon, LinkIcon, RemoveIcon } from '../ui/icons.ts'
import { NumberField } from '../ui/NumberField.tsx'
import { Select } from '../ui/Select.tsx'
import { Term } from '../ui/Term.tsx'
import { TextField } from '../ui/TextField.tsx'
import acts from './acts/acts.module.css'
import design from './design/design.module.css'
import { atMost } from './design/texts.tsx'
import { useEdit } from './editing.ts'
import styles from './Inspector.module.css'
import { isMqttLink, keyLabel, linkSentence } from './linkWords.ts'
import { DesignSection, NowSection } from './Moments.tsx'
import { Quiet, Readings, Rows } from './Readings.tsx'
import { Part } from './Section.tsx'
import { linkName, MessageChip, MomentLink } from './Selectable.tsx'
import { spanText } from './timeText.ts'

const MEANING =
  'A connection between two programs. What goes over it takes its latency, in simulated time; 0 is allowed.'

export function LinkInspector({ doc }: { doc: LinkDoc }) {
  const scenario = useSession((state) => state.scenario)
  const index = scenario.links.indexOf(doc)
  const state = useSession(({ frame }) => frame?.links[index] ?? null)
  const filter = useSession(({ frame }) => changedFilter(doc, frame))
  return (
    <>
      <header className={styles.head}>
        <div className={styles.kindRow}>
          <span className={styles.kind}>
            <Term meaning={MEANING}>Link</Term>
          </span>
          {state?.cut && (
            <Badge tone="danger" icon={CutLinkIcon}>
              cut
            </Badge>
          )}
        </div>
        <h3 className={styles.name}>{linkName(doc, scenario)}</h3>
        <p className={styles.sentence}>
          {linkSentence(filter === null ? doc : { ...doc, key: filter }, scenario)}
        </p>
      </header>
      <NowSection acts>
        <Readings
          of={[
            { name: 'Latency', value: spanText(state?.latencyUs ?? 0) },
            {
              name: 'Last used',
              value: state && state.lastUs >= 0 ? <MomentLink timeUs={state.lastUs} /> : 'never',
            },
          ]}
        />
        <UnderWay index={index} count={state?.underWay ?? 0} />
        <Part title="Act">
          <LinkActs doc={doc} cut={state?.cut ?? false} latencyUs={state?.latencyUs ?? null} />
        </Part>
      </NowSection>
      <DesignSection>
        <LinkDesign doc={doc} />
      </DesignSection>
    </>
  )
}

/** Of a crowd only the first few are listed. */
function UnderWay({ index, count }: { index: number; count: number }) {
  const frame = useSession((state) => state.frame)
  const flights = frame?.flights.filter((flight) => flight.link === index) ?? []
  return (
    <Part title="Under way" aside={count > 0 ? count : undefined}>
      {flights.length === 0 ? (
        <Quiet>Nothing at this moment.</Quiet>
      ) : (
        <Rows label="Under way">
          {flights.map((flight, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a flight has no name but its place in the frame
            <li key={place} className={acts.buttons}>
              <span>{flightWords(flight)}</span>
              {flight.message >= 0 && (
                <MessageChip message={flight.message} redelivered={flight.redelivered} />
              )}
              <Quiet>
                arrives in {spanText(Math.max(0, flight.arriveUs - (frame?.timeUs ?? 0)))}
              </Quiet>
            </li>
          ))}
          {count > flights.length && (
            <li>
              <Quiet>and {count - flights.length} more</Quiet>
            </li>
          )}
        </Rows>
      )}
    </Part>
  )
}

function flightWords({ kind, name, back, count }: Flight): string {
  const what = name !== undefined ? name : kind === 'batch' ? `batch of ${count}, from` : kind
  return `${back ? '←' : '→'} ${what}`
}

function LinkActs(props: { doc: LinkDoc; cut: boolean; latencyUs: number | null }) {
  const { doc, cut, latencyUs } = props
  const session = useVerbs()
  const kinds = useSession(({ scenario }) => kindsAt(doc, scenario))
  const [from = '', to = ''] = kinds.split(' ')
  const isSubscription = useSession(
    ({ scenario }) =>
      isFiltered(from as NodeKind, to as NodeKind) ||
      takesFilters(scenario, doc) ||
      soleMqttFilter(doc, scenario) !== null,
  )
  const loses = mayLose(from as NodeKind, to as NodeKind)
  return (
    <div className={acts.acts}>
      <div className={acts.buttons}>
        {cut ? (
          <Button
            variant="solid"
            icon={LinkIcon}
            onClick={() => session.act({ do: 'mend', link: doc.id })}
          >
            Mend the link
          </Button>
        ) : (
          <Button
            variant="danger"
            icon={CutLinkIcon}
            onClick={() => session.act({ do: 'cut', link: doc.id })}
          >
            Cut the link
          </Button>
        )}
        {loses && (
          <Button
            icon={CloseIcon}
            onClick={() => session.act({ do: 'loseNext', link: doc.id, way: 'with' })}
          >
            Lose the next
          </Button>
        )}
        {loses && (
          <Button
            icon={CloseIcon}
            onClick={() => session.act({ do: 'loseNext', link: doc.id, way: 'back' })}
          >
            Lose the next answer
          </Button>
        )}
      </div>
      {isSubscription && <FilterNow doc={doc} />}
      {latencyUs !== null && (
        <Latency
          label="Latency from now on"
          ms={latencyUs / 1000}
          onCommit={(ms) => session.act({ do: 'latency', link: doc.id, ms })}
        />
      )}
    </div>
  )
}

function kindsAt(doc: LinkDoc, { nodes }: Scenario): string {
  const kind = (id: string) => nodes.find((node) => node.id === id)?.kind ?? ''
  return `${kind(doc.from)} ${kind(doc.to)}`
}

/** The filter of a subscription of SNS as it was made; null elsewhere. */
function policyAt({ to }: LinkDoc, { nodes }: Scenario): string | null {
  const node = nodes.find(({ id }) => id === to)
  return node?.kind === 'cloudSubscription' ? (node.filter ?? '') : null
}

function whyNoPolicy(text: string): string | undefined {
  const problem = filterProblem(text)
  if (problem !== null) return `It cannot be read: ${problem}.`
  return atMost(text, LIMITS.filterChars)
}

/** The filter of an MQTT client that has one; several are changed at the client. */
function soleMqttFilter({ from, to }: LinkDoc, { nodes }: Scenario): string | null {
  for (const node of nodes) {
    if (node.kind !== 'mqttClient' || (node.id !== from && node.id !== to)) continue
    if (node.subscriptions?.length === 1) return node.subscriptions[0]?.filter ?? null
  }
  return null
}

/** What a subscription lets through from the playhead on. */
function FilterNow({ doc }: { doc: LinkDoc }) {
  const session = useVerbs()
  const policy = useSession(({ scenario }) => policyAt(doc, scenario))
  const now = useSession(
    ({ frame, scenario }) =>
      changedFilter(doc, frame) ?? policy ?? soleMqttFilter(doc, scenario) ?? doc.key ?? '>',
  )
  if (policy !== null) {
    return (
      <TextField
        code
        multiline
        label="Filter policy from now on"
        hint="Amazon SNS takes up to 15 minutes for it, this run none. Ctrl+Enter gives it."
        placeholder="everything"
        value={now}
        validate={whyNoPolicy}
        onCommit={(text) =>
          session.act({ do: 'filter', link: doc.id, filter: text.trim() === '' ? '{}' : text })
        }
      />
    )
  }
  return (
    <TextField
      inline
      code
      label="Filter from now on"
      value={now}
      validate={(text) => (text === '' ? 'Enter a filter.' : atMost(text, LIMITS.keyChars))}
      onCommit={(filter) => session.act({ do: 'filter', link: doc.id, filter })}
    />
  )
}

function LinkDesign({ doc }: { doc: LinkDoc }) {
  const edit = useEdit()
  const scenario = useSession((state) => state.scenario)
  const key = keyLabel(doc, scenario)
  const from = scenario.nodes.find(({ id }) => id === doc.from)
  const isHeaded = from?.kind === 'exchange' && from.type === 'headers'
  return (
    <div className={design.fields}>
      <Latency
        label="Latency"
        ms={doc.latencyMs}
        onCommit={(latencyMs) => edit({ edit: 'changeLink', id: doc.id, changes: { latencyMs } })}
      />
      {key !== null && (
        <TextField
          inline
          code
          label={key}
          value={doc.key ?? ''}
          validate={(text) => atMost(text, LIMITS.keyChars)}
          onCommit={(text) => edit({ edit: 'changeLink', id: doc.id, changes: { key: text } })}
        />
      )}
      {isHeaded && <BindingHeaders doc={doc} />}
      {isMqttLink(doc, scenario) && (
        <NumberField
          inline
          label="Packets that get lost"
          hint="Each takes its connection with it."
          min={0}
          max={1}
          step={0.01}
          value={doc.lossRate ?? 0}
          onCommit={(rate) =>
            edit({
              edit: 'changeLink',
              id: doc.id,
              changes: { lossRate: rate === 0 ? undefined : rate },
            })
          }
        />
      )}
      <div className={design.foot}>
        <Button
          variant="ghost"
          size="small"
          icon={RemoveIcon}
          onClick={() => edit({ edit: 'removeLink', id: doc.id })}
        >
          Remove from the scenario
        </Button>
      </div>
    </div>
  )
}

/** Which headers a binding asks for. */
function BindingHeaders({ doc }: { doc: LinkDoc }) {
  const edit = useEdit()
  const change = (changes: Partial<LinkDoc>) => edit({ edit: 'changeLink', id: doc.id, changes })
  return (
    <>
      <TextField
        code
        label="Headers"
        hint="As type=pdf, pages=3."
        value={headersText(doc.headers ?? {})}
        onCommit={(text) => change({ headers: headersFrom(text) })}
      />
      <Select
        inline
        label="A message needs"
        value={doc.match ?? 'all'}
        options={[
          { value: 'all', label: 'all of them' },
          { value: 'any', label: 'any of them' },
          { value: 'all-with-x', label: 'all, x- headers too' },
          { value: 'any-with-x', label: 'any, x- headers too' },
        ]}
        onChange={(match) => change({ match })}
      />
    </>
  )
}

function Latency(props: { label: string; ms: number; onCommit: (ms: number) => void }) {
  return (
    <NumberField
      inline
      label={props.label}
      unit="ms"
      min={0}
      max={LIMITS.latencyMs}
      step={0.1}
      value={props.ms}
      onCommit={props.onCommit}
    />
  )
}
