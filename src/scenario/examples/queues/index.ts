/** The runs on message queues by id; the compiler holds the list complete. */
import type { ExampleBody } from '../example.ts'
import type { QueueExampleId } from './catalog.ts'
import { deliveryLimit } from './deliveryLimit.ts'
import { fairDispatch } from './fairDispatch.ts'
import { headers } from './headers.ts'
import { mm1 } from './mm1.ts'
import { orders } from './orders.ts'
import { ordersFanout } from './ordersFanout.ts'
import { ordersWorkers } from './ordersWorkers.ts'
import { outage } from './outage.ts'
import { overload } from './overload.ts'
import { poison } from './poison.ts'
import { priority } from './priority.ts'
import { retry } from './retry.ts'
import { routing } from './routing.ts'
import { rpc } from './rpc.ts'
import { singleActive } from './singleActive.ts'
import { sqsJobs } from './sqsJobs.ts'
import { topics } from './topics.ts'

export const bodies: Record<QueueExampleId, ExampleBody> = {
  orders,
  'orders-workers': ordersWorkers,
  'orders-fanout': ordersFanout,
  'fair-dispatch': fairDispatch,
  routing,
  topics,
  headers,
  rpc,
  retry,
  priority,
  overload,
  poison,
  'delivery-limit': deliveryLimit,
  'single-active': singleActive,
  outage,
  'sqs-jobs': sqsJobs,
  mm1,
}
