/** Attributes of a message, which filters look at. SNS tells texts from numbers; to Google all are texts. */

export type Attribute = string | number | boolean
export type Attributes = Readonly<Record<string, Attribute>>

/** Undefined where it is not there, whatever objects inherit. */
export function attributeOf(attributes: Attributes, name: string): Attribute | undefined {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined
}
