/** The generated programs: the article's own for the article's scenarios, and others when the scenario changes. */
import { runInNewContext } from 'node:vm'
import { transformWithOxc } from 'vite'
import { describe, expect, it } from 'vitest'
import type { Scenario } from '../document.ts'
import { applyEdit, type Edit } from '../edit.ts'
import { EXAMPLES, exampleCalled } from '../examples/index.ts'
import { generateProgram, type Language, linesLitBy, textOf } from './generate.ts'

const account = exampleCalled('account')
const notifications = exampleCalled('notifications')
const orders = exampleCalled('orders')
const ordersWorkers = exampleCalled('orders-workers')

function textFor(scenario: Scenario, language: Language, node: string | null = null): string {
  return textOf(generateProgram(scenario, node, language))
}

function edited(scenario: Scenario, ...edits: Edit[]): Scenario {
  return edits.reduce((before, edit) => {
    const result = applyEdit(before, edit)
    if (!result.ok) throw new Error(result.sentence)
    return result.scenario
  }, scenario)
}

const worker = (changes: Record<string, unknown>): Edit => ({
  edit: 'changeNode',
  id: 'worker',
  changes,
})

describe('the article’s programs', () => {
  it('given orders, then it is the article’s queue in Python', () => {
    expect(textFor(orders.scenario, 'python')).toBe(`import pika

connection = pika.BlockingConnection(pika.ConnectionParameters('localhost'))
channel = connection.channel()

channel.queue_declare(queue='orders')


def callback(ch, method, properties, body):
    print(f"Processing order: {body.decode()}")


# In the run shop goes on: one more every 3 s.
channel.basic_publish(exchange='', routing_key='orders', body='Order123')

channel.basic_consume(queue='orders', on_message_callback=callback, auto_ack=True)

channel.start_consuming()
`)
  })

  it('given orders, then it is the same in TypeScript', () => {
    expect(textFor(orders.scenario, 'typescript')).toBe(`import amqp from 'amqplib'

const connection = await amqp.connect('amqp://localhost')
const channel = await connection.createChannel()

await channel.assertQueue('orders', { durable: false })

// In the run shop goes on: one more every 3 s.
channel.publish('', 'orders', Buffer.from('Order123'))

await channel.consume('orders', async (message) => {
  if (message === null) return
  console.log(\`Processing order: \${message.content.toString()}\`)
}, { noAck: true })
`)
  })

  it('given notifications, then a consumer loops over the topic and prints', () => {
    const text = textFor(notifications.scenario, 'python')
    expect(text).toContain(
      "producer.send('notifications', value=b'New user registered', key=b'alice')",
    )
    expect(text).toContain(`consumer = KafkaConsumer(
    'notifications',
    bootstrap_servers='localhost:9092',
    group_id='email',
    auto_offset_reset='earliest',
)
for message in consumer:
    print(f"Sending email for: {message.value.decode()}")
`)
    // Its own program takes its time.
    expect(textFor(notifications.scenario, 'python', 'email')).toContain(
      'for message in consumer:\n    time.sleep(',
    )
    expect(text.match(/^# ---- .*$/gm)).toEqual([
      '# ---- sign_up_page.py ----',
      '# ---- email_program.py ----',
      '# ---- analytics.py ----',
    ])
  })

  it('given the account, then commands become events and their fold is printed', () => {
    const text = textFor(account.scenario, 'python')
    expect(text).toContain(`for command in [
    {'type': 'CreateAccount', 'account': 'acc1'},
    {'type': 'Deposit', 'account': 'acc1', 'amount': 100},
    {'type': 'Withdraw', 'account': 'acc1', 'amount': 50},
]:
    handle_account(command)
`)
    expect(text).toContain('    print(f"Current balance: {balance}")\n')
    expect(textFor(account.scenario, 'typescript')).toContain(
      `console.log(\`Current balance: \${balance}\`)`,
    )
  })
})

describe('what the scenario changes in the code', () => {
  it('given a prefetch, then it is asked for', () => {
    const scenario = edited(orders.scenario, worker({ prefetch: 7 }))
    expect(textFor(scenario, 'python')).toContain('channel.basic_qos(prefetch_count=7)\n')
    expect(textFor(scenario, 'typescript')).toContain('await channel.prefetch(7)\n')
    expect(textFor(orders.scenario, 'python')).not.toContain('basic_qos')
  })

  it('given manual acknowledgement, then it comes after the work', () => {
    const scenario = edited(orders.scenario, worker({ ack: 'manual' }))
    expect(textFor(scenario, 'python')).toContain(`
    print(f"Processing order: {body.decode()}")
    ch.basic_ack(delivery_tag=method.delivery_tag)
`)
    expect(textFor(scenario, 'python')).not.toContain('auto_ack')
    expect(textFor(scenario, 'typescript')).toContain('  channel.ack(message)\n})\n')
  })

  it('given early acknowledgement, then it comes before the work', () => {
    const scenario = edited(orders.scenario, worker({ ack: 'early' }))
    expect(textFor(scenario, 'python')).toContain(`
    ch.basic_ack(delivery_tag=method.delivery_tag)
    print(f"Processing order: {body.decode()}")
`)
  })

  it('given a handler that fails, then it nacks as the scenario says', () => {
    const scenario = edited(
      orders.scenario,
      worker({ ack: 'manual', failureRate: 0.5, onFailure: 'drop' }),
    )
    expect(textFor(scenario, 'python')).toContain(
      'ch.basic_nack(delivery_tag=method.delivery_tag, requeue=False)',
    )
    expect(textFor(scenario, 'typescript')).toContain('channel.nack(message, false, false)')
  })

  it('given two workers, then their one program says who runs it', () => {
    const text = textFor(ordersWorkers.scenario, 'python')
    expect(text).toContain('# Run once for each of worker-1, worker-2.\n')
    expect(text.match(/basic_consume/g)).toHaveLength(1)
    expect(text).toContain("channel.queue_declare(queue='orders', durable=True)\n")
  })

  it('given a name that Python’s own modules have, then the file is called otherwise', () => {
    const { scenario } = exampleCalled('routing')
    expect(generateProgram(scenario, 'operator', 'python').title).toBe('operator_program.py')
    expect(generateProgram(scenario, 'operator', 'typescript').title).toBe('operator.ts')
  })

  it('given a group that commits after the work, then the program polls and commits', () => {
    const scenario = edited(notifications.scenario, {
      edit: 'changeNode',
      id: 'email',
      changes: { commit: 'after', group: 'mail', maxPollRecords: 9 },
    })
    const text = textFor(scenario, 'python', 'email')
    expect(text).toContain(`    group_id='mail',
    auto_offset_reset='earliest',
    enable_auto_commit=False,
    max_poll_records=9,
)
while True:
    batch = consumer.poll(timeout_ms=500)
`)
    expect(text).toContain('    consumer.commit()\n')
    expect(textFor(scenario, 'typescript', 'email')).toContain('  autoCommit: false,\n')
  })

  it('given a direct exchange, then it is declared and the queue bound with its key', () => {
    const scenario = edited(
      orders.scenario,
      { edit: 'changeNode', id: 'default', changes: { type: 'direct', name: 'shop' } },
      { edit: 'changeNode', id: 'orders', changes: { maxLength: 5, overflow: 'reject-publish' } },
    )
    const text = textFor(scenario, 'python')
    expect(text).toContain(
      "channel.exchange_declare(exchange='shop', exchange_type='direct', durable=True)\n",
    )
    expect(text).toContain(
      "channel.queue_bind(queue='orders', exchange='shop', routing_key='orders')\n",
    )
    expect(text).toContain("arguments={'x-max-length': 5, 'x-overflow': 'reject-publish'}")
    expect(textFor(scenario, 'typescript')).toContain(
      "await channel.bindQueue('orders', 'shop', 'orders')\n",
    )
  })

  it('given a queue of its consumer’s own, then it alone declares it, and uses the name that it is given', () => {
    const { scenario } = exampleCalled('orders-fanout')
    const own = edited(scenario, {
      edit: 'changeNode',
      id: 'billing-queue',
      changes: { exclusive: true, serverNamed: true, durable: undefined },
    })
    const python = textFor(own, 'python', 'billing')
    expect(python).toContain(
      "billing_queue_name = channel.queue_declare(queue='', exclusive=True).method.queue\n",
    )
    expect(python).toContain("channel.queue_bind(queue=billing_queue_name, exchange='placed'")
    expect(python).toContain('channel.basic_consume(queue=billing_queue_name,')
    expect(textFor(own, 'python', 'shop')).not.toContain('exclusive')
    expect(textFor(own, 'typescript', 'billing')).toContain(
      "const { queue: billingQueueName } = await channel.assertQueue('', { durable: false, exclusive: true })\n",
    )
  })

  it('given texts that would break a program, then they are quoted', () => {
    const effect = `It's "{body}" {x} \`\${y}\` \\ é\n`
    const scenario = edited(
      orders.scenario,
      worker({ effect }),
      { edit: 'changeNode', id: 'shop', changes: { bodies: ["'; import os #", 'b\n{n}'] } },
      { edit: 'changeNode', id: 'orders', changes: { name: "or'ders" } },
    )
    const python = textFor(scenario, 'python')
    expect(python).toContain('print(f"It\'s \\"{body.decode()}\\" {{x}} `$' + '{{y}}` \\\\ é\\n")')
    expect(python).toContain(String.raw`'\'; import os #',`)
    expect(python).toContain(String.raw`'b\n124',`)
    const printing = /console\.log\((.*)\)/.exec(textFor(scenario, 'typescript'))?.[1] ?? ''
    const message = { content: { toString: () => 'Order123' } }
    expect(runInNewContext(printing, { message })).toBe(effect.replace('{body}', 'Order123'))
  })
})

describe('a client’s own program keeps the run’s schedule', () => {
  const own = (id: Parameters<typeof exampleCalled>[0], node: string, language: Language) =>
    textFor(exampleCalled(id).scenario, language, node)

  it('given a rhythm, keys and a count, then it publishes just so', () => {
    expect(own('topics', 'zoo', 'python')).toContain(`for n in range(1, 31):
    connection.sleep(1 if n == 1 else 1.5)
    channel.basic_publish(exchange='animals', routing_key=next(keys), body=f"Animal {n}")
connection.close()
`)
    expect(own('topics', 'zoo', 'typescript')).toContain(`for (let n = 1; n <= 30; n++) {
  await sleep(n === 1 ? 1000 : 1500)
  channel.publish('animals', keys[(n - 1) % 4]!, Buffer.from(\`Animal \${n}\`))
}
`)
  })

  it('given a subject, then NATS gets each message when the run has it, and a late subscriber waits', () => {
    expect(own('nats-broadcast', 'exchange', 'python')).toContain(`    for n in range(101, 119):
        await asyncio.sleep(1 if n == 101 else 1.5)
        await nc.publish('prices.gold', f"Gold {n}".encode())
`)
    expect(own('nats-broadcast', 'dashboard', 'typescript')).toContain(
      'await sleep(9000) // It joins late.\n',
    )
  })

  it('given a stream that acknowledges, then what it does not acknowledge is published again under its id', () => {
    const typescript = own('nats-deduplication', 'shop', 'typescript')
    expect(typescript).toContain('await js.publish(subject, data, { msgID, timeout: 1200 })\n')
    expect(typescript).toContain('await publish(subject, data, msgID, attempt + 1)\n')
    expect(typescript).toMatch(/`shop-\$\{n\}`/)
  })

  it('given a Redis stream, then entries are added when the run has them, and a late group is made late', () => {
    expect(own('redis-dead-consumer', 'shop', 'python')).toContain(`for n in range(1, 21):
    time.sleep(0.5)
    r.xadd('orders', {'body': f"Order{n}"})
`)
    expect(own('redis-dead-consumer', 'shop', 'typescript')).toContain('await redis.quit()\n')
    expect(
      own('redis-late-groups', 'ben', 'python'),
    ).toContain(`time.sleep(8)  # The group is made late.
try:
    r.xgroup_create('orders', 'alerts', id='$', mkstream=True)
`)
    expect(own('redis-late-groups', 'ben', 'typescript')).toContain(`  await sleep(400)
  console.log(\`Alert: \${body}\`)
`)
    expect(own('redis-readers', 'ben', 'python')).toContain(
      '# In the run it is killed at 10 s and started again 3 s later.\n',
    )
  })

  it('given consumers of one group that take different times, then each has a program of its own', () => {
    expect(own('redis-claimed-twice', 'anna', 'python')).toContain('time.sleep(4)')
    expect(own('redis-claimed-twice', 'ben', 'python')).toContain('time.sleep(0.5)')
  })

  it('given an MQTT client that leaves and comes back, then so does its program', () => {
    const python = own('mqtt-session', 'hall-lamp', 'python')
    expect(python).toContain(`time.sleep(6)
hall_lamp.disconnect()
hall_lamp.loop_stop()
time.sleep(8)
hall_lamp.reconnect()
`)
    expect(own('mqtt-will', 'pump', 'python')).not.toContain('disconnect()')
    expect(own('mqtt-will', 'pump', 'python')).toContain('killed at 8 s')
  })

  it('given headers in turn, then a cloud topic gets them as attributes', () => {
    expect(own('sns-fan-out', 'shop', 'python')).toContain("'StringValue': next(types)")
    expect(own('sns-fan-out', 'shop', 'typescript')).toContain('StringValue: types[(n - 1) % 3]!')
  })

  it('given confirms and retries, then it tries again after a pause that grows, with jitter', () => {
    const python = own('overload', 'sensor', 'python')
    expect(python).toContain('channel.confirm_delivery()\n')
    expect(python).toContain(
      'pause = 1.5 * 2 ** (attempt - 1) * (1 - 0.3 * random.random())\n        connection.call_later(pause, ',
    )
    const typescript = own('overload', 'sensor', 'typescript')
    expect(typescript).toContain('connection.createConfirmChannel()')
    expect(typescript).toContain(
      'await sleep(1500 * 2 ** (attempt - 1) * (1 - 0.3 * Math.random()))',
    )
  })

  it('given work that takes time and fails, then so does the handler', () => {
    const python = own('single-active', 'main', 'python')
    expect(python).toContain(`    time.sleep(next(services))
    if 'Step6' in body.decode():
        raise RuntimeError(body.decode())
`)
    expect(python).not.toContain('except')
    expect(own('poison', 'worker', 'typescript')).toContain(`  } catch {
    channel.nack(message, false, true)
  }
`)
  })
})

describe('the lines that are lit', () => {
  it.each<[string, string, string]>([
    [
      'shop',
      'published',
      "channel.basic_publish(exchange='', routing_key='orders', body='Order123')",
    ],
    ['orders', 'enqueued', "channel.queue_declare(queue='orders', durable=True)"],
    ['orders', 'delivered', "channel.basic_consume(queue='orders', on_message_callback=callback)"],
    ['worker-2', 'started', 'def callback(ch, method, properties, body):'],
    ['worker-2', 'processed', '    print(f"Processing order: {body.decode()}")'],
    ['worker-1', 'acked', '    ch.basic_ack(delivery_tag=method.delivery_tag)'],
  ])('given that %s has %s, then its line is lit', (node, kind, text) => {
    const program = generateProgram(ordersWorkers.scenario, null, 'python')
    const lit = linesLitBy(program, { node, kind }).map((n) => program.lines[n - 1]?.text)
    expect(lit).toEqual([text])
  })

  it('given each example and language, then every client that works has lines to light', () => {
    for (const { scenario } of EXAMPLES) {
      for (const language of ['python', 'typescript'] as const) {
        const { lines } = generateProgram(scenario, null, language)
        const nodes = new Set(lines.flatMap(({ lit }) => lit?.map(({ node }) => node) ?? []))
        for (const { id, kind } of scenario.nodes) {
          const isNoProgram = ['exchange', 'natsServer', 'redisServer'].includes(kind)
          if (!isNoProgram) expect(nodes, `${id} in ${language}`).toContain(id)
        }
      }
    }
  })
})

describe('every program', () => {
  const all = EXAMPLES.flatMap(({ id, scenario }) =>
    [null, ...scenario.nodes.map((node) => node.id)].map((node) => [id, node, scenario] as const),
  )

  it.each(all)(
    'given %s, node %s, then the TypeScript can be parsed',
    async (_id, node, scenario) => {
      const program = generateProgram(scenario, node, 'typescript')
      expect(program.title).toMatch(/^[a-z0-9_]+\.ts$/)
      const { code } = await transformWithOxc(textOf(program), program.title)
      expect(code.length).toBeGreaterThan(0)
    },
  )

  it.each(all)(
    'given %s, node %s, then the Python is indented as Python must be',
    (_id, node, scenario) => {
      const program = generateProgram(scenario, node, 'python')
      let opened = false
      let depth = 0
      let brackets = 0
      for (const { text } of program.lines.filter((line) => line.text.trim() !== '')) {
        const indent = text.length - text.trimStart().length
        if (brackets === 0) {
          expect(indent % 4, text).toBe(0)
          if (opened) expect(indent, text).toBe(depth + 4)
          else expect(indent, text).toBeLessThanOrEqual(depth)
          depth = indent
        }
        const code = text.replace(/'[^']*'|"[^"]*"|#.*/g, '')
        brackets += (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0)
        if (brackets === 0) opened = code.trimEnd().endsWith(':')
      }
      expect(brackets).toBe(0)
      expect(opened).toBe(false)
    },
  )
})

describe('programs of cloud topics', () => {
  const { scenario } = exampleCalled('sns-fan-out')

  it('given attributes that differ, when all is one program, then each message bears its own', () => {
    const text = textFor(scenario, 'typescript')
    expect(text).toContain('for (const [body, type] of [')
    expect(text).toContain("['Refund3', 'refund'],")
    expect(text).toContain('StringValue: type')
  })

  it.each(['python', 'typescript'] as const)(
    'given a deadline and attempts that Google does not take, then the %s program says what the run has',
    (language) => {
      const text = textFor(exampleCalled('cloud-ack-deadline').scenario, language)
      expect(text).toContain('an ack deadline of 4 s and 3 delivery attempts')
      expect(text).toMatch(/nanos: 500000000|timedelta\(seconds=0.5\)/)
    },
  )
})
