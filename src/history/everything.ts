/**
 * Imported where no family is to be loaded later (the command line, tests, experiments): all of them are here from
 * the start.
 */

import '../brokers/amqp/consistentHash.ts'
import '../brokers/amqp/quorumQueue.ts'
import '../brokers/eventstore/filters.ts'
import '../scenario/wiring/families/durableLog.ts'
import '../scenario/wiring/families/rebalancing.ts'
import './views/families/keptLog.ts'
import { parts as cloud } from '../scenario/wiring/families/cloud.ts'
import { parts as eventstore } from '../scenario/wiring/families/eventstore.ts'
import { parts as log } from '../scenario/wiring/families/log.ts'
import { parts as mqtt } from '../scenario/wiring/families/mqtt.ts'
import { parts as nats } from '../scenario/wiring/families/nats.ts'
import { parts as redisPubsub } from '../scenario/wiring/families/redisPubsub.ts'
import { parts as redisStreams } from '../scenario/wiring/families/redisStreams.ts'
import { parts as sourcing } from '../scenario/wiring/families/sourcing.ts'
import { parts as sqs } from '../scenario/wiring/families/sqs.ts'
import { takeParts } from '../scenario/wiring/family.ts'
import { views as cloudViews } from './views/families/cloud.ts'
import { views as eventstoreViews } from './views/families/eventstore.ts'
import { views as logViews } from './views/families/log.ts'
import { views as mqttViews } from './views/families/mqtt.ts'
import { views as natsViews } from './views/families/nats.ts'
import { views as redisPubsubViews } from './views/families/redisPubsub.ts'
import { views as redisStreamsViews } from './views/families/redisStreams.ts'
import { views as sourcingViews } from './views/families/sourcing.ts'
import { views as sqsViews } from './views/families/sqs.ts'
import { takeViews } from './views/family.ts'

takeParts('sqs', sqs)
takeViews<'sqs'>(sqsViews)
takeParts('log', log)
takeViews<'log'>(logViews)
takeParts('eventstore', eventstore)
takeViews<'eventstore'>(eventstoreViews)
takeParts('mqtt', mqtt)
takeViews<'mqtt'>(mqttViews)
takeParts('nats', nats)
takeViews<'nats'>(natsViews)
takeParts('redisPubsub', redisPubsub)
takeViews<'redisPubsub'>(redisPubsubViews)
takeParts('redisStreams', redisStreams)
takeViews<'redisStreams'>(redisStreamsViews)
takeParts('sourcing', sourcing)
takeViews<'sourcing'>(sourcingViews)
takeParts('cloud', cloud)
takeViews<'cloud'>(cloudViews)
