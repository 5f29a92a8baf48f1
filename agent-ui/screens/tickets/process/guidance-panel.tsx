import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { GuidanceResult, GuidanceView } from '#contract/casework/guidance.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useActions } from '../../../actions.ts'
import { api } from '../../../api.ts'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../../components/failure.tsx'
import { OrderButton } from '../../../components/order-button.tsx'
import { Panel } from '../../../components/panel.tsx'
import { useSaid } from '../../../components/said.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries, refresh } from '../../../queries.ts'
import {
  guidanceAnswers,
  guidanceDraftOf,
  guidanceSchema,
  nextAnswer,
  withAnswer,
} from '../../../state/guidance.ts'
import { focusActions } from './action-bar-focus.ts'
import { ActionForm } from './action-form.tsx'
import { GuidanceFields } from './guidance-fields.tsx'
import { GuidanceStep } from './guidance-step.tsx'
import { useAct } from './use-act.ts'
import classes from './process.module.css'

interface GuidanceProps {
  ticket: Ticket
  guidance: GuidanceView
}

export function guidanceId(ticketId: string): string {
  return `guidance-${ticketId}`
}

/** The steps an agent reads out, what was found, and where that leads. */
export function GuidancePanel({ ticket, guidance }: GuidanceProps) {
  const { t } = useTranslation()
  const said = useSaid()
  const { draft, answer, keep, finish, isBusy } = useGuidance({ ticket, guidance })
  const { steps, fields, escalate } = guidance.content
  const mayAnswer = ticket.actions.some(({ action }) => action === 'save_guidance')
  useActions(
    steps.slice(0, 9).map(({ id }, index) => ({
      id: `guidance.${id}`,
      keys: String(index + 1),
      label: t('guidance.stepKey', { number: index + 1 }),
      when: mayAnswer,
      run: () => answer(id, nextAnswer(draft.form.values.steps[id]?.answer)),
    })),
  )
  return (
    <Panel
      title={t('guidance.title')}
      aside={mayAnswer ? <span className={classes.dim}>{t('guidance.hint')}</span> : null}
    >
      <form {...draft.props} id={guidanceId(ticket.id)} aria-label={t('guidance.title')}>
        <ol className={classes.steps}>
          {steps.map((step, index) => (
            <GuidanceStep
              key={step.id}
              number={index + 1}
              text={said(step.text)}
              answer={draft.form.values.steps[step.id]}
              onAnswer={mayAnswer ? (value) => answer(step.id, value) : null}
              onNote={(note) => draft.form.setFieldValue(`steps.${step.id}.note`, note)}
            />
          ))}
        </ol>
        <GuidanceFields fields={fields} form={draft.form} readOnly={!mayAnswer} />
        {escalate.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('guidance.escalate')}: {escalate.map(said).join(' · ')}
          </Text>
        )}
      </form>
      {mayAnswer && <Results ticket={ticket} isBusy={isBusy} onKeep={keep} onFinish={finish} />}
    </Panel>
  )
}

function useGuidance({ ticket, guidance }: GuidanceProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { fields } = guidance.content
  const act = useAct(
    ticket,
    () => {
      draft.clear()
      // the buttons of the guidance are gone: the keyboard goes on with what may be done now
      requestAnimationFrame(() => focusActions(ticket.id))
    },
    (error) => draft.refuse(error),
  )
  const save = useMutation({
    mutationFn: () =>
      api.saveGuidance(ticket.id, {
        version: guidance.version,
        ...guidanceAnswers(fields, draft.form.values),
      }),
    onSuccess: () => {
      notifyDone(t('guidance.saved'))
      refresh(client, queries.ticket(ticket.id).queryKey)
    },
    onError: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: `guidance.${ticket.id}`,
    schema: guidanceSchema(fields),
    initial: guidanceDraftOf(guidance),
    onSubmit: () => save.mutate(),
  })
  const finish = (result: GuidanceResult) => {
    if (draft.form.validate().hasErrors) return
    const input = { result, ...guidanceAnswers(fields, draft.form.values) }
    act.mutate({ action: 'save_guidance', input })
  }
  const keep = () => {
    if (!draft.form.validate().hasErrors) save.mutate()
  }
  return {
    draft,
    answer: (id: string, value: ReturnType<typeof nextAnswer>) =>
      draft.form.setValues(withAnswer(draft.form.values, id, value)),
    keep,
    finish,
    isBusy: act.isPending || save.isPending,
  }
}

const RESULTS = [
  ['ok', 'resultOk'],
  ['unknown', 'resultUnknown'],
  ['nok', 'resultNok'],
] as const satisfies readonly (readonly [GuidanceResult, string])[]

interface ResultsProps {
  ticket: Ticket
  isBusy: boolean
  onKeep: () => void
  onFinish: (result: GuidanceResult) => void
}

/** One press saves the guidance and leads on: to a promise, to NOC, or to the end of the matter. */
function Results({ ticket, isBusy, onKeep, onFinish }: ResultsProps) {
  const { t } = useTranslation()
  const [isSolving, setSolving] = useState(false)
  const onCall = ticket.actions.find(({ action }) => action === 'resolved_on_call')
  return (
    <>
      <Group gap="xs" mt="sm" className={classes.results ?? ''}>
        {RESULTS.map(([result, text]) => (
          <OrderButton
            key={result}
            size="xs"
            variant={result === 'unknown' ? 'default' : 'light'}
            loading={isBusy}
            onClick={() => onFinish(result)}
          >
            {t(`guidance.${text}`)}
          </OrderButton>
        ))}
        {onCall && (
          <Button size="xs" variant="default" onClick={() => setSolving(true)}>
            {t('guidance.onCall')}
          </Button>
        )}
        <OrderButton size="xs" variant="subtle" loading={isBusy} onClick={onKeep}>
          {t('guidance.saveDraft')}
        </OrderButton>
      </Group>
      {isSolving && onCall && (
        <div style={{ marginTop: 12 }}>
          <ActionForm ticket={ticket} offer={onCall} onClose={() => setSolving(false)} />
        </div>
      )}
    </>
  )
}
