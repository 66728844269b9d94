/** Programs that write to topics that are kept: every setting of the scenario under Kafka's own name. */
import { describe, expect, it } from 'vitest'
import { exampleCalled } from '../examples/index.ts'
import { generateProgram } from './generate.ts'
import { textOf } from './program.ts'

function text(example: Parameters<typeof exampleCalled>[0], language: 'python' | 'typescript') {
  return textOf(generateProgram(exampleCalled(example).scenario, null, language))
}

describe('given a replicated topic and a producer that waits for all', () => {
  it('then Python says so', () => {
    const python = text('acks-and-replicas', 'python')
    expect(python).toContain(
      "NewTopic('orders', num_partitions=1, replication_factor=3, topic_configs={'min.insync.replicas': '2'})",
    )
    expect(python).toContain("    acks='all',\n    enable_idempotence=False,\n")
    expect(python).toContain('    request_timeout_ms=4000,')
  })

  it('then TypeScript says so', () => {
    const typescript = text('acks-and-replicas', 'typescript')
    expect(typescript).toContain(
      "replicationFactor: 3, configEntries: [{ name: 'min.insync.replicas', value: '2' }]",
    )
    expect(typescript).toContain('  acks: -1,\n  timeout: 4000,')
  })
})

describe('given a member that commits in transactions', () => {
  it('then Python sends its offsets into the transaction', () => {
    const python = text('exactly-once', 'python')
    expect(python).toContain("    transactional_id='exact',\n)\nproducer.init_transactions()")
    expect(python).toContain(`        for message in messages:
            producer.send('invoices', key=message.key, value=f"Invoice for {message.value.decode()}".encode())
        offsets[partition] = OffsetAndMetadata(messages[-1].offset + 1, '', -1)
    producer.send_offsets_to_transaction(offsets, 'exact')
    producer.commit_transaction()`)
  })

  it('then TypeScript does', () => {
    const typescript = text('exactly-once', 'typescript')
    expect(typescript).toContain("transaction.send({ topic: 'invoices', messages: [{ key: message")
    expect(typescript).toContain(
      "      await transaction.sendOffsets({\n        consumerGroupId: 'exact',",
    )
  })
})

describe('given transactions', () => {
  it('then Python begins and commits one', () => {
    expect(text('read-committed', 'python')).toContain(`producer.begin_transaction()
for body in [
    'debit 1',
    'credit 2',
]:
    producer.send('transfers', value=body.encode())
producer.commit_transaction()`)
  })

  it('then TypeScript does', () => {
    const typescript = text('read-committed', 'typescript')
    expect(typescript).toContain("  transactionalId: 'bank',")
    expect(typescript).toContain('await transaction.commit()')
  })
})
