import type { PhoneNumber } from '#contract/customers.ts'
import { codeMark, compactWord, numberWords, OPEN_MARK, wordsOf } from './words.ts'

/** What is found, and by which words. */
export interface SearchDocument {
  id: string
  words: string[]
}

export interface CustomerSource {
  id: string
  code: string
  name: string
  email: string | null
  address: string
  contracts: readonly { contractNo: string; address: string; circuitId: string | null }[]
  /** Names of the holder and of representatives. */
  people: readonly string[]
  numbers: readonly PhoneNumber[]
}

export interface TicketSource {
  id: string
  code: string
  subject: string
  area: string | null
  address: string | null
  contactName: string | null
  isOpen: boolean
  numbers: readonly PhoneNumber[]
  customer: CustomerSource | null
  /** Codes of the tickets that were merged into it. */
  mergedCodes: readonly string[]
}

export function customerDocument(source: CustomerSource): SearchDocument {
  return { id: source.id, words: distinct(customerWords(source)) }
}

/** A ticket is found by its customer's words, too. */
export function ticketDocument(source: TicketSource): SearchDocument {
  const { subject, area, address, contactName, customer } = source
  const texts = [subject, area, address, contactName]
  return {
    id: source.id,
    words: distinct([
      ...[source.code, ...source.mergedCodes].flatMap(codeWords),
      ...texts.flatMap((text) => [...wordsOf(text ?? ''), ...codesIn(text ?? '')]),
      ...source.numbers.flatMap(numberWords),
      ...(customer === null ? [] : customerWords(customer)),
      ...(source.isOpen ? [OPEN_MARK] : []),
    ]),
  }
}

function customerWords(source: CustomerSource) {
  const { code, name, email, address, contracts, people, numbers } = source
  const addresses = contracts.map((contract) => contract.address)
  const texts = [name, email ?? '', address, ...addresses, ...people]
  return [
    compactWord(code),
    ...contracts
      .flatMap(({ contractNo, circuitId }) => [contractNo, circuitId ?? ''])
      .flatMap((number) => [compactWord(number), ...wordsOf(number)]),
    ...texts.flatMap(wordsOf),
    ...numbers.flatMap(numberWords),
  ]
}

/** Codes of other tickets that are spoken of. */
function codesIn(text: string): string[] {
  return (text.match(/\bKN-\d+-\d+/gi) ?? []).map(compactWord)
}

function codeWords(code: string): string[] {
  const [, year, number] = /^KN-(\d{4})-(\d+)$/.exec(code) ?? []
  const marks = year && number ? [codeMark(number), codeMark(number, year)] : []
  return [compactWord(code), ...marks]
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words.filter((word) => word !== ''))]
}
