import { Button, CloseButton, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { customerCreate, customerPatch } from '#contract/customers.ts'
import type { Customer } from '#contract/customers.ts'
import { api } from '../../api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import {
  NEW_CONTRACT,
  NEW_PHONE,
  NEW_REPRESENTATIVE,
  customerEntryOf,
  customerEntrySchema,
  customerInput,
} from '../../state/customer-entry.ts'
import type { CustomerEntry } from '../../state/customer-entry.ts'
import classes from './customers.module.css'
import { WordsArea } from '../../components/words-area/words-area.tsx'

interface CustomerFormProps {
  /** Null for a new customer. */
  customer: Customer | null
  /** The ticket of the call whose caller this is. */
  caller?: { ticketId: string; number: string }
  onSaved: (customer: Customer) => void
  onClose: () => void
}

type Form = DraftForm<CustomerEntry>['form']

/** A customer with representatives, numbers and contracts; kept while it is not saved. */
export function CustomerForm({ customer, caller, onSaved, onClose }: CustomerFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (entry: CustomerEntry) =>
      customer
        ? api.saveCustomer(
            customer.id,
            customerPatch.parse({ version: customer.version, ...customerInput(entry) }),
          )
        : api.addCustomer(
            customerCreate.parse({
              ...customerInput(entry),
              ...(caller ? { linkTicketId: caller.ticketId } : {}),
            }),
          ),
    onSuccess: (saved) => {
      draft.clear()
      notifyDone(t('customers.saved'))
      refresh(client, KEYS.customers)
      onSaved(saved)
    },
    onError: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: `customer.${customer?.id ?? caller?.ticketId ?? 'new'}`,
    schema: customerEntrySchema,
    initial: customerEntryOf(customer, caller?.number),
    onSubmit: (entry) => {
      if (!save.isPending) save.mutate(entry)
    },
  })
  return (
    <form {...draft.props} aria-label={t(customer ? 'customers.edit' : 'customers.add')}>
      <Stack gap="sm">
        <Person form={draft.form} />
        <Phones form={draft.form} />
        <Contracts form={draft.form} />
        <Representatives form={draft.form} />
        <FormButtons isSaving={save.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}

function Person({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <div className={classes.fields}>
      <TextInput
        label={t('customers.name')}
        data-autofocus
        withAsterisk
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label={t('customers.kind')}
        data={[
          { value: 'individual', label: t('customer.individual') },
          { value: 'organisation', label: t('customer.organisation') },
        ]}
        {...form.getInputProps('kind')}
      />
      <TextInput label={t('customers.email')} inputMode="email" {...form.getInputProps('email')} />
      <TextInput label={t('customers.address')} {...form.getInputProps('address')} />
      <TextInput label={t('customers.holderName')} {...form.getInputProps('holder.name')} />
      <TextInput label={t('customers.holderPaper')} {...form.getInputProps('holder.paper')} />
      <WordsArea label={t('customers.note')} rows={1} {...form.getInputProps('note')} />
    </div>
  )
}

function Phones({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <Lines
      title={t('customers.phones')}
      count={form.values.phones.length}
      onAdd={() => form.insertListItem('phones', { ...NEW_PHONE })}
      onRemove={(index) => form.removeListItem('phones', index)}
      line={(index) => (
        <>
          <TextInput
            label={t('customers.number')}
            inputMode="tel"
            {...form.getInputProps(`phones.${index}.number`)}
          />
          <TextInput
            label={t('customers.label')}
            {...form.getInputProps(`phones.${index}.label`)}
          />
        </>
      )}
    />
  )
}

const CONTRACT_TEXTS = [
  'contractNo',
  'servicePlan',
  'services',
  'installationAddress',
  'area',
  'circuitId',
] as const

function Contracts({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <Lines
      title={t('customers.contracts')}
      count={form.values.contracts.length}
      onAdd={() => form.insertListItem('contracts', { ...NEW_CONTRACT })}
      onRemove={(index) => form.removeListItem('contracts', index)}
      line={(index) => (
        <>
          {CONTRACT_TEXTS.map((field) => (
            <TextInput
              key={field}
              label={t(`customers.${field}`)}
              {...form.getInputProps(`contracts.${index}.${field}`)}
            />
          ))}
          <NativeSelect
            label={t('ticket.areaClass')}
            data={[
              { value: 'urban', label: t('areaClass.urban') },
              { value: 'rural', label: t('areaClass.rural') },
            ]}
            {...form.getInputProps(`contracts.${index}.areaClass`)}
          />
          <NativeSelect
            label={t('customers.contractStatus')}
            data={(['active', 'suspended', 'ended'] as const).map((value) => ({
              value,
              label: t(`customers.status.${value}`),
            }))}
            {...form.getInputProps(`contracts.${index}.status`)}
          />
        </>
      )}
    />
  )
}

function Representatives({ form }: { form: Form }) {
  const { t } = useTranslation()
  const field = (index: number, name: string) =>
    form.getInputProps(`representatives.${index}.${name}`)
  return (
    <Lines
      title={t('customers.representatives')}
      count={form.values.representatives.length}
      onAdd={() => form.insertListItem('representatives', { ...NEW_REPRESENTATIVE })}
      onRemove={(index) => form.removeListItem('representatives', index)}
      line={(index) => (
        <>
          <TextInput label={t('ticket.complainantName')} {...field(index, 'name')} />
          <TextInput label={t('customers.number')} inputMode="tel" {...field(index, 'number')} />
          <TextInput label={t('customers.paper')} {...field(index, 'paper')} />
          <TextInput
            label={t('customers.validUntil')}
            type="date"
            {...field(index, 'validUntil')}
          />
        </>
      )}
    />
  )
}

interface LinesProps {
  title: string
  count: number
  onAdd: () => void
  onRemove: (index: number) => void
  line: (index: number) => ReactNode
}

/** Any number of lines of fields under a title. */
function Lines({ title, count, onAdd, onRemove, line }: LinesProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes.lines}>
      <legend>{title}</legend>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={classes.lineRow}>
          <div className={classes.fields}>{line(index)}</div>
          <CloseButton
            aria-label={t('customers.removeLine', { number: index + 1 })}
            onClick={() => onRemove(index)}
          />
        </div>
      ))}
      <Button size="compact-sm" variant="default" onClick={onAdd}>
        {t('customers.addLine')}
      </Button>
    </fieldset>
  )
}
