/** Sentences about MQTT clients. */
import { MQTT_CLIENT_FACTS as FACTS, MISSED, WENT } from '../../clients/mqttClient/facts.ts'
import { packetName } from '../../clients/mqttClient/packets.ts'
import type { FactContext, FactKinds } from './sentence.ts'

const who = (f: FactContext) => f.name(f.node)

const HOW = {
  [WENT.asked]: 'disconnects',
  [WENT.lost]: 'loses its connection',
  [WENT.closed]: 'finds its connection closed by the broker',
  [WENT.silence]: 'hears nothing any more and gives its connection up',
}

const WHY = {
  [MISSED.absent]: 'it is not connected and has no session',
  [MISSED.notYet]: 'it is not there yet',
  [MISSED.lost]: 'it had QoS 0 and was lost with the connection',
  [MISSED.full]: 'its session is full',
  [MISSED.expired]: 'it expired',
  [MISSED.ended]: 'its session is over, with all that waited in it',
  [MISSED.unsent]: 'it had QoS 0 and was lost on its way to the broker',
}

export const MQTT_CLIENT_SENTENCES: FactKinds = {
  [FACTS.connecting]: {
    name: 'connecting',
    tone: 'normal',
    sentence: (f) => `${who(f)} connects to the broker.`,
  },
  [FACTS.connected]: {
    name: 'online',
    tone: 'normal',
    sentence: (f) =>
      f.aux === 1
        ? `${who(f)} is connected; the broker still has its session.`
        : `${who(f)} is connected, with a new session.`,
  },
  [FACTS.disconnected]: {
    name: 'offline',
    tone: 'fault',
    sentence: (f) => `${who(f)} ${HOW[f.aux as 0] ?? 'is offline'}.`,
  },
  [FACTS.pingSent]: {
    name: 'pingSent',
    tone: 'link',
    sentence: (f) => `${who(f)} asks whether the broker is still there.`,
  },
  [FACTS.pingAnswered]: {
    name: 'pingAnswered',
    tone: 'link',
    sentence: (f) => `${who(f)} knows that the broker is still there.`,
  },
  [FACTS.waitsToSend]: {
    name: 'waitsToSend',
    tone: 'link',
    sentence: (f) => `${f.label(f.message)} waits to be sent by ${who(f)}.`,
  },
  [FACTS.sent]: {
    name: 'publishSent',
    tone: 'normal',
    sentence: (f) => `PUBLISH: ${who(f)} sends ${f.label(f.message)} and waits for the answer.`,
  },
  [FACTS.sentAgain]: {
    name: 'publishSentAgain',
    tone: 'fault',
    sentence: (f) => `${who(f)} has no answer for ${f.label(f.message)} and sends it again.`,
  },
  [FACTS.notSent]: {
    name: 'notSent',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} has QoS 0, and the connection of ${who(f)} is not there or breaks under it: the message is gone.`,
  },
  [FACTS.pubackCame]: {
    name: 'pubackCame',
    tone: 'link',
    sentence: (f) => `PUBACK: ${who(f)} knows that the broker has ${f.label(f.message)}.`,
  },
  [FACTS.pubrecCame]: {
    name: 'pubrecCame',
    tone: 'link',
    sentence: (f) => `PUBREC came: ${who(f)} releases ${f.label(f.message)} with PUBREL.`,
  },
  [FACTS.pubcompCame]: {
    name: 'pubcompCame',
    tone: 'link',
    sentence: (f) => `PUBCOMP: ${who(f)} is done with ${f.label(f.message)}.`,
  },
  [FACTS.held]: {
    name: 'heldUntilReleased',
    tone: 'normal',
    sentence: (f) => `${who(f)} holds ${f.label(f.message)} until the broker releases it.`,
  },
  [FACTS.heldAgain]: {
    name: 'heldAfterDup',
    tone: 'normal',
    sentence: (f) =>
      `${who(f)} holds ${f.label(f.message)}, sent again, until the broker releases it.`,
  },
  [FACTS.released]: {
    name: 'released',
    tone: 'normal',
    sentence: (f) => `PUBREL: ${who(f)} may take ${f.label(f.message)} now.`,
  },
  [FACTS.knownAlready]: {
    name: 'knownAlready',
    tone: 'fault',
    sentence: (f) =>
      `${f.label(f.message)} comes to ${who(f)} again. It holds it already, so it only answers.`,
  },
  [FACTS.forgotten]: {
    name: 'lostFromMemory',
    tone: 'fault',
    sentence: (f) => `${f.label(f.message)} was in the memory of ${who(f)} and is lost.`,
  },
  [FACTS.missed]: {
    name: 'missedMessage',
    tone: 'fault',
    sentence: (f) => `${who(f)} misses ${f.label(f.message)}: ${WHY[f.aux as 0] ?? ''}.`,
  },
  [FACTS.heard]: {
    name: 'heard',
    tone: 'link',
    sentence: (f) => `The broker hears from ${who(f)}.`,
  },
  [FACTS.subackCame]: {
    name: 'subackCame',
    tone: 'link',
    sentence: (f) => `SUBACK: ${who(f)} knows that it is subscribed.`,
  },
  [FACTS.foreseen]: {
    name: 'foreseen',
    tone: 'setup',
    sentence: (f) => `${who(f)} is to join, leave, come back or crash at a moment of its own.`,
  },
  [FACTS.settled]: {
    name: 'settled',
    tone: 'link',
    sentence: (f) => `${who(f)} has sent what was open and goes on.`,
  },
  [FACTS.packetLost]: {
    name: 'packetLost',
    tone: 'fault',
    sentence: (f) =>
      `${f.message === -1 ? 'A' : `The`} ${packetName(f.aux) ?? 'packet'}${f.message === -1 ? '' : ` of ${f.label(f.message)}`} gets lost on the link of ${who(f)}, and the connection breaks there.`,
  },
}
