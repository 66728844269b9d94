/** The same deciders as `typescript/deciders.ts`, as Python. */
import type { FurtherDomain } from '../domains.ts'

export const PYTHON_DECIDERS: Record<FurtherDomain, string> = {
  order: `
def evolve_order(state, event):
    data = event['data']
    by = {'ItemAdded': 1, 'ItemRemoved': -1}.get(event['type'])
    if by is not None:
        state = state or {'status': 'open', 'items': {}, 'total': 0}
        left = state['items'].get(data['item'], 0) + by * data['quantity']
        total = state['total'] + by * data['quantity'] * data['price']
        return {**state, 'items': {**state['items'], data['item']: left}, 'total': total}
    ends = {'OrderPlaced': 'placed', 'OrderConfirmed': 'confirmed', 'OrderCancelled': 'cancelled'}
    if event['type'] in ends:
        return {**state, 'status': ends[event['type']]}
    return state


def decide_order(command, state):
    kind, order = command['type'], command['order']
    status = state['status'] if state else 'empty'
    line = {field: command.get(field) for field in ('item', 'quantity', 'price')}
    if kind == 'AddItem' and status in ('empty', 'open'):
        return [{'type': 'ItemAdded', 'data': {'order': order, **line}}]
    if kind == 'RemoveItem' and status == 'open':
        if line['quantity'] <= state['items'].get(line['item'], 0):
            return [{'type': 'ItemRemoved', 'data': {'order': order, **line}}]
    if kind == 'PlaceOrder' and status == 'open':
        held = [pair for pair in state['items'].items() if pair[1] > 0]
        whose = {'account': command['account']} if 'account' in command else {}
        if held:
            what = {'item': held[0][0], 'quantity': held[0][1], 'total': state['total']}
            return [{'type': 'OrderPlaced', 'data': {'order': order, **whose, **what}}]
    if kind == 'ConfirmOrder' and status == 'placed':
        return [{'type': 'OrderConfirmed', 'data': {'order': order}}]
    if kind == 'CancelOrder' and status == 'placed':
        reason = command.get('reason', 'cancelled')
        return [{'type': 'OrderCancelled', 'data': {'order': order, 'reason': reason}}]
    # The same end again changes nothing: a saga may ask twice.
    if (kind, status) in (('ConfirmOrder', 'confirmed'), ('CancelOrder', 'cancelled')):
        return []
    raise ValueError(f"{kind} is turned down: order {order} is {status}")`,
  inventory: `
def evolve_inventory(state, event):
    state = state or {'available': 0, 'reserved': {}, 'shipped': {}}
    kind, data = event['type'], event['data']
    order, quantity = data.get('order'), data.get('quantity')
    kept = state['reserved'].get(order, 0)
    others = {key: held for key, held in state['reserved'].items() if key != order}
    if kind == 'StockReceived':
        return {**state, 'available': state['available'] + quantity}
    if kind == 'StockReserved':
        left = state['available'] - quantity
        return {**state, 'available': left, 'reserved': {**others, order: quantity}}
    if kind == 'StockReleased':
        return {**state, 'available': state['available'] + kept, 'reserved': others}
    if kind == 'StockLost':
        return {**state, 'reserved': others}
    if kind == 'StockShipped':
        return {**state, 'reserved': others, 'shipped': {**state['shipped'], order: quantity}}
    return state


def decide_inventory(command, state):
    state = state or {'available': 0, 'reserved': {}, 'shipped': {}}
    kind, item, order = command['type'], command['item'], command.get('order')
    about = {'item': item, 'order': order}
    kept, shipped = state['reserved'].get(order), state['shipped'].get(order)
    if kind == 'ReceiveStock':
        data = {'item': item, 'quantity': command['quantity']}
        return [{'type': 'StockReceived', 'data': data}]
    if kind == 'ReserveStock':
        quantity, available = command['quantity'], state['available']
        if kept or shipped:
            return []
        if quantity <= available:
            return [{'type': 'StockReserved', 'data': {**about, 'quantity': quantity}}]
        why = {'quantity': quantity, 'reason': f"only {available} of {item} available"}
        return [{'type': 'StockRefused', 'data': {**about, **why}}]
    if kind == 'ReleaseStock':
        return [{'type': 'StockReleased', 'data': {**about, 'quantity': kept or 0}}]
    if kind == 'LoseStock':
        return [{'type': 'StockLost', 'data': {**about, 'quantity': kept}}] if kept else []
    if kind == 'ShipStock':
        if shipped:
            return []
        if kept:
            return [{'type': 'StockShipped', 'data': {**about, 'quantity': kept}}]
        return [{'type': 'ShipmentRefused', 'data': {**about, 'reason': 'nothing is reserved'}}]
    raise ValueError(f"{kind} is no command of an inventory")`,
  payments: `
def evolve_payments(state, event):
    kind, data = event['type'], event['data']
    order, amount = data.get('order'), data.get('amount')
    if kind == 'AccountCreated':
        return {'balance': data['balance'], 'paid': {}, 'frozen': False}
    if kind in ('Deposited', 'Withdrawn'):
        by = amount if kind == 'Deposited' else -amount
        return {**state, 'balance': state['balance'] + by}
    if kind in ('AccountFrozen', 'AccountUnfrozen'):
        return {**state, 'frozen': kind == 'AccountFrozen'}
    if kind == 'OrderPaid':
        paid = {**state['paid'], order: amount}
        return {**state, 'balance': state['balance'] - amount, 'paid': paid}
    if kind == 'OrderRefunded':
        paid = {**state['paid'], order: 0}
        return {**state, 'balance': state['balance'] + amount, 'paid': paid}
    return state


def decide_payments(command, state):
    kind, account, order = command['type'], command['account'], command.get('order')
    amount = command.get('amount')
    is_open = state is not None and not state['frozen']
    if kind == 'CreateAccount' and state is None:
        return [{'type': 'AccountCreated', 'data': {'id': account, 'balance': 0}}]
    if kind == 'Deposit' and is_open:
        return [{'type': 'Deposited', 'data': {'account': account, 'amount': amount}}]
    if kind == 'Withdraw' and is_open and amount <= state['balance']:
        return [{'type': 'Withdrawn', 'data': {'account': account, 'amount': amount}}]
    if state is None:
        raise ValueError(f"{kind} is turned down: there is no account {account}")
    about = {'account': account, 'order': order}
    paid = state['paid'].get(order)
    if kind == 'Freeze':
        return [] if state['frozen'] else [{'type': 'AccountFrozen', 'data': {'account': account}}]
    if kind == 'Unfreeze':
        return [{'type': 'AccountUnfrozen', 'data': {'account': account}}] if state['frozen'] else []
    if kind == 'Pay':
        if paid is not None:
            return []
        if is_open and amount <= state['balance']:
            return [{'type': 'OrderPaid', 'data': {**about, 'amount': amount}}]
        balance = f"the balance is {state['balance']}"
        reason = 'the account is frozen' if state['frozen'] else balance
        return [{'type': 'PaymentRefused', 'data': {**about, 'amount': amount, 'reason': reason}}]
    if kind == 'Refund':
        if not paid:
            return []
        if state['frozen']:
            data = {**about, 'reason': 'the account is frozen'}
            return [{'type': 'RefundRefused', 'data': data}]
        return [{'type': 'OrderRefunded', 'data': {**about, 'amount': paid}}]
    raise ValueError(f"{kind} is turned down: the balance is {state['balance']}")`,
  seats: `
def evolve_seats(state, event):
    kind, data = event['type'], event['data']
    if kind == 'ShowOpened':
        return {'seats': data['seats'], 'taken': {}}
    if state is None or 'seat' not in data:
        return state
    others = {seat: who for seat, who in state['taken'].items() if seat != data['seat']}
    if kind == 'SeatBooked':
        return {**state, 'taken': {**others, data['seat']: data['customer']}}
    return {**state, 'taken': others} if kind == 'SeatCancelled' else state


def decide_seats(command, state):
    kind, show, seat = command['type'], command['show'], command.get('seat')
    if kind == 'OpenShow' and state is None:
        return [{'type': 'ShowOpened', 'data': {'show': show, 'seats': command['seats']}}]
    who = state['taken'].get(seat) if state else None
    if kind == 'BookSeat' and state and seat <= state['seats']:
        customer = command['customer']
        if who == customer:
            return []
        if who is None:
            data = {'show': show, 'seat': seat, 'customer': customer}
            return [{'type': 'SeatBooked', 'data': data}]
    if kind == 'CancelSeat' and who is not None:
        return [{'type': 'SeatCancelled', 'data': {'show': show, 'seat': seat}}]
    raise ValueError(f"{kind} is turned down: seat {seat} is taken by {who or 'nobody'}")`,
}
