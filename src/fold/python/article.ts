/** The article's program, as it stands. */
export const ARTICLE = `events = [
    {"type": "AccountCreated", "data": {"id": "acc1", "balance": 0}},
    {"type": "Deposited", "data": {"account": "acc1", "amount": 100}},
    {"type": "Withdrawn", "data": {"account": "acc1", "amount": 50}},
]

balance = 0
for event in events:
    if event["type"] == "AccountCreated":
        balance = event["data"]["balance"]
    elif event["type"] == "Deposited":
        balance += event["data"]["amount"]
    elif event["type"] == "Withdrawn":
        balance -= event["data"]["amount"]

print(f"Current balance: {balance}")
`
