/** All figures of one place, and how they are printed. */
import { must } from '../../base/assert.ts'
import type { Scenario } from '../../scenario/document.ts'
import type { AskedFigures } from './asked.ts'
import { BROADCASTS, broadcastOf } from './broadcasts.ts'
import {
  type HistoryFigures,
  measureHistory,
  runAndClose,
  runBroadcast,
  runToEnd,
  type Times,
  warmUp,
} from './eventarium.ts'
import { interleave, median, medianRatio, type Place } from './rounds.ts'
import { runSimJs, type SimJs } from './simjs.ts'
import { TOPIC_WORKLOAD, topicScenario } from './topics.ts'
import { scenarioOf, WORKLOADS, type Workload } from './workloads.ts'

export interface Options {
  messages: number
  rounds: number
  seeks: number
  /** Facts of the histories that are measured. */
  histories: readonly number[]
}

export const FULL: Options = {
  messages: 500_000,
  rounds: 5,
  seeks: 3_000,
  histories: [1_000_000, 10_000_000],
}
export const QUICK: Options = { messages: 100_000, rounds: 5, seeks: 1_000, histories: [1_000_000] }

/** Messages that wait in the queue of one of the histories. */
const WAITING = 100_000

interface Speed {
  workload: string
  what: string
  messagesPerSecond: number
  factsPerSecond: number
  factsPerMessage: number
  /** Null where SIM.JS is not installed. */
  simjs: { messagesPerSecond: number; ratio: number; ratios: number[] } | null
}

export interface Report {
  place: string
  clock: string
  rounds: number
  messagesPerRound: number
  speeds: Speed[]
  broadcasts: Broadcast[]
  histories: HistoryFigures[]
}

/** One topic with many subscribers. */
export interface Broadcast {
  what: string
  subscribers: number
  deliveriesPerSecond: number
  factsPerSecond: number
}

const SUBSCRIBERS = 100

export function measure(place: Place, simjs: SimJs | null, options: Options): Report {
  // First, while nothing else has left buffers behind that are freed during the run.
  const histories = options.histories.map((facts) =>
    historyOf(place, 'competing consumers', competing(facts), facts, options, true),
  )
  const waiting = scenarioOf(WORKLOADS.competing, WAITING, WAITING)
  histories.push(historyOf(place, `${WAITING} messages waiting`, waiting, 1_000_000, options))
  const topic = topicScenario(Math.ceil(1_000_000 / 10))
  histories.push(historyOf(place, TOPIC_WORKLOAD, topic, 1_000_000, options))
  place.say('warm-up: all examples')
  warmUp()
  const speeds = Object.entries(WORKLOADS).map(([name, workload]) =>
    compare(place, name, workload, simjs, options),
  )
  speeds.push(speedOfTopic(place, options))
  return {
    place: place.name,
    clock: place.clock,
    rounds: options.rounds,
    messagesPerRound: options.messages,
    speeds,
    broadcasts: measureBroadcasts(place, options),
    histories,
  }
}

function historyOf(
  place: Place,
  what: string,
  scenario: Scenario,
  facts: number,
  { seeks }: Options,
  isAsked = false,
): HistoryFigures {
  place.say(`a history of ${facts} facts, ${what}`)
  return measureHistory(place, what, scenario, facts, seeks, isAsked)
}

/** One topic with many subscribers, in every system of pub/sub. */
export function measureBroadcasts(place: Place, options: Options): Broadcast[] {
  const systems = Object.keys(BROADCASTS) as (keyof typeof BROADCASTS)[]
  return systems.map((system) => broadcast(place, system, options))
}

function broadcast(
  place: Place,
  system: keyof typeof BROADCASTS,
  { messages, rounds }: Options,
): Broadcast {
  const what = `${BROADCASTS[system]} → ${SUBSCRIBERS} subscribers`
  place.say(what)
  const scenario = broadcastOf(system, Math.round(messages / SUBSCRIBERS), SUBSCRIBERS)
  let factsPerDelivery = 0
  const [ours] = interleave(place, rounds, [
    () => {
      const { deliveries, facts } = runBroadcast(scenario)
      factsPerDelivery = facts / deliveries
      return deliveries
    },
  ])
  const deliveriesPerSecond = median(must(ours, 'our rates'))
  return {
    what,
    subscribers: SUBSCRIBERS,
    deliveriesPerSecond,
    factsPerSecond: deliveriesPerSecond * factsPerDelivery,
  }
}

/** More messages than a history of so many facts has. */
function competing(facts: number) {
  return scenarioOf(WORKLOADS.competing, Math.ceil(facts / 5))
}

function compare(
  place: Place,
  name: string,
  workload: Workload,
  simjs: SimJs | null,
  { messages, rounds }: Options,
): Speed {
  place.say(`speed, ${rounds + 1} rounds: ${workload.what}`)
  // As many services a round in a tandem as at a single queue.
  const count = Math.round(messages / workload.stations)
  const scenario = scenarioOf(workload, count)
  let facts = 0
  const contenders = [
    () => {
      const run = runAndClose(workload, scenario)
      facts = run.facts
      return run.messages
    },
  ]
  if (simjs) contenders.push(() => runSimJs(simjs, workload, count))
  const [ours, theirs] = interleave(place, rounds, contenders)
  const rates = must(ours, 'our rates')
  const messagesPerSecond = median(rates)
  return {
    workload: name,
    what: workload.what,
    messagesPerSecond,
    factsPerSecond: (messagesPerSecond * facts) / count,
    factsPerMessage: facts / count,
    simjs: theirs
      ? {
          messagesPerSecond: median(theirs),
          ratio: medianRatio(rates, theirs),
          ratios: rates.map((rate, i) => rate / (theirs[i] ?? Number.NaN)),
        }
      : null,
  }
}

/** Each record is read by three groups, and polls and heartbeats make many facts: a round has fewer of them. */
function speedOfTopic(place: Place, { messages, rounds }: Options): Speed {
  const records = Math.round(messages / 10)
  place.say(`speed, ${rounds + 1} rounds: ${TOPIC_WORKLOAD}`)
  const scenario = topicScenario(records)
  let facts = 0
  const [rates] = interleave(place, rounds, [
    () => {
      const history = runToEnd(scenario)
      facts = history.factCount
      history.close()
      return records
    },
  ])
  const messagesPerSecond = median(must(rates, 'our rates'))
  return {
    workload: 'topic',
    what: TOPIC_WORKLOAD,
    messagesPerSecond,
    factsPerSecond: (messagesPerSecond * facts) / records,
    factsPerMessage: facts / records,
    simjs: null,
  }
}

const thousands = (value: number) => `${Math.round(value / 1000)} k`

export function tableOf(report: Report): string {
  return [
    `${report.place}: full history on; seconds of ${report.clock}, medians of ${report.rounds} interleaved`,
    `rounds of ${report.messagesPerRound} messages after all examples have run in the same process`,
    '',
    ...report.speeds.flatMap(linesOfSpeed),
    ...report.broadcasts.flatMap(linesOfBroadcast),
    ...report.histories.flatMap(linesOfHistory),
  ].join('\n')
}

function linesOfSpeed({
  workload,
  what,
  messagesPerSecond,
  factsPerSecond,
  factsPerMessage,
  simjs,
}: Speed): string[] {
  const facts = `${thousands(factsPerSecond)} facts/s (${factsPerMessage.toFixed(2)} a message)`
  return [
    what,
    `  Eventarium ${thousands(messagesPerSecond)} messages/s, ${facts}`,
    ...(workload === 'topic'
      ? []
      : [
          simjs
            ? `  simjs      ${thousands(simjs.messagesPerSecond)} messages/s; Eventarium is ${simjs.ratio.toFixed(2)} times as fast (${simjs.ratios.map((r) => r.toFixed(2)).join(', ')})`
            : '  simjs      is not installed and was skipped: npm install simjs@2.0.3',
        ]),
  ]
}

export function linesOfBroadcast({
  what,
  deliveriesPerSecond,
  factsPerSecond,
}: Broadcast): string[] {
  return [
    what,
    `  Eventarium ${thousands(deliveriesPerSecond)} deliveries/s, ${thousands(factsPerSecond)} facts/s`,
  ]
}

function linesOfHistory(history: HistoryFigures): string[] {
  const { megabytes, bytesPerColdFact } = history
  const cold = bytesPerColdFact === null ? 'none cold' : `${bytesPerColdFact.toFixed(1)} cold`
  const share = (megabytes.all * 1_000_000) / history.facts
  return [
    '',
    `A history of ${history.facts} facts, ${history.what}`,
    `  memory       ${megabytes.all.toFixed(1)} MB (${share.toFixed(1)} bytes a fact): facts ${megabytes.facts.toFixed(1)}, messages ${megabytes.messages.toFixed(1)}, columns ${megabytes.columns.toFixed(1)}, checkpoints ${megabytes.checkpoints.toFixed(2)}`,
    `  a fact       ${history.bytesPerHotFact.toFixed(1)} bytes hot, ${cold}`,
    `  checkpoints  ${Math.round(history.checkpointBytes)} bytes each, ${Math.round(history.checkpointsPerMillionFacts)} in a million facts`,
    `  seek         ${timesOf(history.seek)}`,
    `  a fact back  ${timesOf(history.back)}`,
    `  fork         ${timesOf(history.fork)}`,
    ...(history.asked ? linesOfAsked(history.asked) : []),
  ]
}

function linesOfAsked({ figures, chart }: AskedFigures): string[] {
  return [
    ...figures.map(({ what, seconds }) => `  asked        ${seconds.toFixed(2)} s  ${what}`),
    `  a chart      p50 ${chart.p50Ms.toFixed(3)} ms, p99 ${chart.p99Ms.toFixed(3)} ms for ${chart.columns} columns of it`,
  ]
}

function timesOf({ p50Ms, p99Ms, maxMs }: Times): string {
  return `p50 ${p50Ms.toFixed(3)} ms, p99 ${p99Ms.toFixed(3)} ms, max ${maxMs.toFixed(3)} ms`
}
