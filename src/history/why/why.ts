/**
 * Why did it happen? The facts that led to a fact, and those that it led to, found from the facts alone by the rule of
 * each kind. A chain goes back to where it begins: an act, an arrival, the set-up.
 */
import { must } from '../../base/assert.ts'
import { LOG_FACTS } from '../../brokers/log/facts.ts'
import { GROUP_CONSUMER_FACTS } from '../../clients/groupConsumer/facts.ts'
import { POLLING_CONSUMER_FACTS } from '../../clients/pollingConsumer/facts.ts'
import { REDIS_CLIENT_FACTS } from '../../clients/redisConsumer/facts.ts'
import { RELAY_FACTS } from '../../clients/relay/facts.ts'
import { SUBSCRIBER_FACTS } from '../../clients/subscriber/facts.ts'
import { PIPE_FACTS } from '../../engine/pipe.ts'
import type { World } from '../../scenario/world.ts'
import { AMQP_CAUSES } from './families/amqp.ts'
import { CLIENT_CAUSES } from './families/clients.ts'
import { CLOUD_CAUSES } from './families/cloud.ts'
import { DURABLE_LOG_CAUSES } from './families/durableLog.ts'
import { LOG_CAUSES } from './families/log.ts'
import { MQTT_CAUSES } from './families/mqtt.ts'
import { PUBSUB_CAUSES } from './families/pubsub.ts'
import { REDIS_STREAM_CAUSES } from './families/redisStreams.ts'
import { SHARE_CAUSES } from './families/shares.ts'
import { SOURCING_CAUSES } from './families/sourcing.ts'
import { SQS_CAUSES } from './families/sqs.ts'
import { WORLD_CAUSES } from './families/world.ts'
import type { Cause, Rule } from './rule.ts'
import { type Steps, Trail } from './trail.ts'

/** One rule for every kind of fact that a scenario's run can hold. */
const RULES: Readonly<Record<number, Rule>> = {
  ...WORLD_CAUSES,
  ...CLIENT_CAUSES,
  ...AMQP_CAUSES,
  ...LOG_CAUSES,
  ...DURABLE_LOG_CAUSES,
  ...SHARE_CAUSES,
  ...SOURCING_CAUSES,
  ...SQS_CAUSES,
  ...MQTT_CAUSES,
  ...PUBSUB_CAUSES,
  ...CLOUD_CAUSES,
  ...REDIS_STREAM_CAUSES,
}

/** What clients ask for over and over: a message may be why they do it now, but not why they do it. */
const GOES_ON: ReadonlySet<number> = new Set([
  PIPE_FACTS.sent,
  PIPE_FACTS.arrived,
  LOG_FACTS.heartbeat,
  LOG_FACTS.fetchWaits,
  LOG_FACTS.fetchEnded,
  GROUP_CONSUMER_FACTS.polled,
  GROUP_CONSUMER_FACTS.pollReturnedEmpty,
  REDIS_CLIENT_FACTS.readAsked,
  REDIS_CLIENT_FACTS.historyAsked,
  REDIS_CLIENT_FACTS.claimAsked,
  REDIS_CLIENT_FACTS.nothingCame,
  RELAY_FACTS.polled,
  POLLING_CONSUMER_FACTS.asked,
  SUBSCRIBER_FACTS.askedNext,
])

/** One fact of a chain. */
export interface Step {
  index: number
  causes: Cause[]
}

/** Facts that are looked at for what a fact led to, and steps that are told of either way. */
const AHEAD_MAX = 200_000
const STEPS_MAX = 60
/** What one message leads to, over retries and what is made of it, is longer than the way to it. */
const EFFECTS_MAX = 150
/** Facts of a chain that are gone after, of which the latest are told. */
const TOLD_MAX = STEPS_MAX * 2
/** Facts that are gone through at once on the way ahead. */
const STRETCH = 256

export function ruleOf(kind: number): Rule {
  return must(RULES[kind], `a rule for the cause of facts of kind ${kind}`)
}

export class Why {
  private readonly trail: Trail
  private readonly known = new Map<number, Cause[]>()

  constructor(world: World) {
    this.trail = new Trail(world)
  }

  /** The causes of one fact, the main one first. */
  causesOf(index: number): Cause[] {
    const known = this.known.get(index)
    if (known) return known
    const fact = this.trail.at(index)
    const causes = ruleOf(fact.kind)(this.trail, fact)
    this.known.set(index, causes)
    return causes
  }

  /** From where the chain of main causes begins to the fact itself. */
  mainChain(index: number): number[] {
    const chain: number[] = []
    for (let at: number | undefined = index; at !== undefined; at = this.causesOf(at)[0]?.index) {
      chain.push(at)
    }
    return chain.reverse()
  }

  /**
   * What led to a fact, in the order of time: its main chain, and for each other cause of a step in it that cause's own
   * chain as far back as it is not told yet. At most the latest `STEPS_MAX`; `cut` says that there was more.
   */
  *chain(index: number): Steps<{ steps: Step[]; cut: boolean }> {
    while (this.trail.gather(index)) yield
    const told = new Set<number>()
    const open = [index]
    while (open.length > 0 && told.size < TOLD_MAX) {
      const from = open.shift() as number
      for (let at: number | undefined = from; at !== undefined && !told.has(at); ) {
        told.add(at)
        yield
        const [main, ...others]: Cause[] = this.causesOf(at)
        for (const other of others) open.push(other.index)
        at = told.size < TOLD_MAX ? main?.index : undefined
      }
    }
    const all = [...told].sort((a, b) => a - b)
    const steps = all.slice(-STEPS_MAX).map((at) => ({ index: at, causes: this.causesOf(at) }))
    return { steps, cut: all.length > STEPS_MAX }
  }

  /**
   * What a fact led to, in the order of time: facts that it is a cause of, and those whose main cause is one of these.
   * Where a message begins, all that becomes of it and of what is made of it was led to by that.
   */
  *effects(index: number): Steps<{ steps: Step[]; cut: boolean }> {
    const { world } = this.trail
    const { facts, messages } = world.records
    const found = new Set([index])
    const about = new Set<number>()
    const parts = new Set<number>()
    const times = new Set<number>()
    const take = (at: number) => {
      const fact = this.trail.at(at)
      if (this.trail.isAboutMessage(fact)) about.add(fact.message)
      else parts.add(fact.part)
      times.add(fact.timeUs)
    }
    take(index)
    const isOwn = this.ownOf(index)
    const isOfMessage = about.size > 0
    const steps: Step[] = []
    const candidatesIn = (from: number, to: number): number[] => {
      const candidates: number[] = []
      let next = from
      facts.each(from, to, (timeUs, _kind, part, message) => {
        const isChild =
          message >= 0 && message < messages.count && about.has(messages.parent(message))
        if (about.has(message) || isChild || parts.has(part) || times.has(timeUs)) {
          candidates.push(next)
        }
        next++
      })
      return candidates
    }
    let at = index + 1
    const end = Math.min(facts.count, index + AHEAD_MAX)
    for (; at < end && steps.length < EFFECTS_MAX; at += STRETCH) {
      // What is taken widens what is looked for, so a stretch is gone through until it yields nothing more.
      for (let before = -1; before !== steps.length; ) {
        yield
        before = steps.length
        for (const candidate of candidatesIn(at, Math.min(end, at + STRETCH))) {
          if (found.has(candidate)) continue
          const fact = this.trail.at(candidate)
          const isOfNone = !this.trail.isAboutMessage(fact)
          if (isOfMessage && isOfNone && GOES_ON.has(fact.kind)) continue
          const causes = this.causesOf(candidate)
          // Beyond its next effects a fact leads on by main causes alone: else all that follows is its doing.
          const isLed =
            found.has(causes[0]?.index ?? -1) || causes.some((cause) => cause.index === index)
          if (!isLed && (isOfNone || !isOwn(fact.message))) continue
          found.add(candidate)
          take(candidate)
          steps.push({ index: candidate, causes })
        }
      }
    }
    steps.sort((a, b) => a.index - b.index)
    return {
      steps: steps.slice(0, EFFECTS_MAX),
      cut: at < facts.count && steps.length >= EFFECTS_MAX,
    }
  }

  /** Which messages are the doing of a fact alone: the one that begins with it, and what is made of that. */
  private ownOf(index: number): (message: number) => boolean {
    const { messages } = this.trail.world.records
    const { message: first } = this.trail.at(index)
    const begins =
      this.trail.isAboutMessage(this.trail.at(index)) &&
      this.trail.latestAbout(first, index) === null
    return (message) => {
      if (!begins) return false
      let at = message
      // What is made of a message is younger than it.
      while (at > first && at < messages.count) at = messages.parent(at)
      return at === first
    }
  }
}
