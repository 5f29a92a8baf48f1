import type { ReactNode } from 'react'
import type { Receipt } from '#contract/casework/receipts.ts'
import paper from '../../components/paper/paper.module.css'
import { Signatures } from '../../components/paper/paper.tsx'
import { formatDate, formatDateTime } from '../../state/local-time.ts'
import {
  RECEIPT_CHANNEL,
  RECEIPT_KIND,
  RECEIPT_RELATION,
  RECEIPT_TEXT as text,
} from './receipt-text.ts'
import classes from './receipt.module.css'

/** The paper itself, one A4 page in black on white. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  return (
    <article className={paper.sheet} lang="vi" aria-label={text.title}>
      <Company receipt={receipt} />
      <h1 className={paper.title}>{text.title}</h1>
      <p className={classes.number}>
        {text.number}: <strong>{receipt.code}</strong>
      </p>
      <Facts receipt={receipt} />
      <Block title={text.content}>
        {receipt.content === '' ? receipt.subject || text.noContent : receipt.content}
      </Block>
      <Block title={text.request}>{receipt.request ?? text.noRequest}</Block>
      <Deadline receipt={receipt} />
      <p className={paper.small}>{text.answer}</p>
      <Signatures
        sign={text.sign}
        of={[
          { title: text.signedByCustomer, name: receipt.complainant?.name ?? null },
          { title: text.signedByStaff, name: receipt.receivedBy },
        ]}
      />
    </article>
  )
}

function Company({ receipt: { company } }: { receipt: Receipt }) {
  const lines = [
    [text.address, company.address],
    [text.hotline, company.hotline],
    [text.email, company.email],
    [text.taxCode, company.taxCode],
  ].filter(([, value]) => value !== '')
  return (
    <header className={classes.company}>
      <strong>{company.name}</strong>
      {lines.map(([label, value]) => (
        <div key={label}>
          {label}: {value}
        </div>
      ))}
    </header>
  )
}

function Facts({ receipt }: { receipt: Receipt }) {
  const { customer, complainant, contact, category } = receipt
  const rows: [string, string | null][] = [
    [text.receivedAt, formatDateTime(receipt.receivedAt)],
    [text.channel, RECEIPT_CHANNEL[receipt.channel]],
    [text.customer, customer?.name ?? null],
    [text.customerCode, customer?.code ?? null],
    [text.contract, receipt.contractNo],
    [text.circuit, receipt.circuitId],
    [text.installation, receipt.address],
    [
      text.complainant,
      complainant && listed([complainant.name, RECEIPT_RELATION[complainant.relation]]),
    ],
    [text.paper, complainant && complainant.paper],
    [text.contact, listed([contact.name, contact.number])],
    [text.kind, RECEIPT_KIND[receipt.kind]],
    [text.category, category && category.name],
    [text.subject, receipt.subject],
  ]
  return (
    <table className={classes.facts}>
      <tbody>
        {rows.map(([label, value]) =>
          value === null || value === '' ? null : (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  )
}

function listed(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ')
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={paper.block}>
      <h2>{title}</h2>
      <p className={paper.words}>{children}</p>
    </section>
  )
}

function Deadline({ receipt: { dueAt, dueProvisional } }: { receipt: Receipt }) {
  return (
    <p className={classes.deadline}>
      {text.dueAt}: <strong>{dueAt === null ? text.noDue : formatDate(dueAt)}</strong>
      {dueAt !== null && ` (${text.dueRule}${dueProvisional ? `; ${text.provisional}` : ''})`}
    </p>
  )
}
