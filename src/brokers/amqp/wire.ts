/** What an AMQP broker tells its clients: deliveries, returns, confirms, and that something has ended. */
import type { Channel } from './channel.ts'
import type { Consumer } from './consumer.ts'

/** The other end of the connections. */
export interface Wire {
  /** basic.deliver */
  deliver(consumer: Consumer, message: number, tag: number, redelivered: boolean): void
  /** basic.return: a mandatory message that no queue took (reply code 312). */
  returned?(channel: Channel, exchange: string, message: number): void
  /** Publisher confirm: basic.ack if every queue took the message, basic.nack if one refused it. */
  confirmed?(channel: Channel, sequence: number, message: number, stored: boolean): void
  /** basic.cancel from the broker: the queue is gone. */
  cancelled?(consumer: Consumer): void
  /** channel.close from the broker. */
  closed?(channel: Channel, code: number): void
  /** connection.close from the broker. */
  connectionClosed?(connection: string, code: number): void
}
