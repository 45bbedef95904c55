/** Asks for the name and the layout of a new plan and creates it. */
import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Radio,
  RadioGroup,
} from '@fluentui/react-components'
import { useState } from 'react'
import { useAct, useClient } from '../client/client-context.tsx'
import { FailureNote } from '../shared/components/failure-view.tsx'
import { Modal } from '../shared/components/modal.tsx'
import { homeText } from './text.ts'
import styles from './home.module.css'

/** `onMade` gets the id of the plan once it is stored. */
export function NewPlanDialog({
  onClose,
  onMade,
}: {
  readonly onClose: () => void
  readonly onMade: (planId: string) => Promise<void>
}) {
  const client = useClient()
  const act = useAct()
  const [name, setName] = useState('')
  const [layout, setLayout] = useState<'pilot' | 'enterprise'>('pilot')
  const make = async (): Promise<void> => {
    const { planId } = await client.call('plan.new', { layout, ...(name.trim() === '' ? {} : { name: name.trim() }) })
    onClose()
    await onMade(planId)
  }
  return (
    <Modal onClose={onClose}>
      <DialogSurface>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (!act.busy) void act.run(make)
          }}
        >
          <DialogBody>
            <DialogTitle>{homeText.newPlan}</DialogTitle>
            <DialogContent className={styles.form}>
              <Field label={homeText.newPlanName}>
                <Input
                  value={name}
                  maxLength={80}
                  placeholder={homeText.newPlanNameExample}
                  onChange={(_, { value }) => {
                    setName(value)
                  }}
                />
              </Field>
              <Field label={homeText.newPlanLayout}>
                <RadioGroup
                  value={layout}
                  onChange={(_, { value }) => {
                    setLayout(value === 'enterprise' ? 'enterprise' : 'pilot')
                  }}
                >
                  <Radio value="pilot" label={homeText.newPlanPilot} />
                  <Radio value="enterprise" label={homeText.newPlanEnterprise} />
                </RadioGroup>
              </Field>
              <FailureNote failure={act.failure} />
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{homeText.cancel}</Button>
              <Button appearance="primary" type="submit" disabledFocusable={act.busy}>
                {homeText.newPlanCreate}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Modal>
  )
}
