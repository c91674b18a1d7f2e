import type { AuthTypeId } from '../../core/auth/index.js';
import type { EventType } from '../../core/event-type.js';
import type { FieldId } from '../../core/form/form-state.js';
import type { WebhookForm } from '../../core/form/webhook-form.js';
import type { Organization } from '../../core/organization.js';
import type { EventSelection } from '../shared/context.js';
import type { Translate } from '../shared/translate.js';

/** What the modal hands to its form's views. */
export interface FormProperties {
  readonly t: Translate;
  readonly eventTypes: readonly EventType[];
  readonly organizations: readonly Organization[];
  readonly authTypes: readonly AuthTypeId[];
  readonly eventSelection: EventSelection;
  /** Set when the catalogue could not be loaded. */
  readonly retryCatalogue: (() => void) | undefined;
  /** The seconds for which the host does not want to be asked again. */
  readonly wait: number;
}

/** What every part of the form's view needs. */
export interface FormContext extends FormProperties {
  readonly form: WebhookForm;
  /** Secrets that are shown in the clear, because the person asked for it. */
  readonly shown: ReadonlySet<FieldId>;
  /** The focus left a field. */
  leave(id: FieldId): void;
  toggleShown(id: FieldId): void;
  /** Moves the focus to the first of these elements that is there, once the view has followed. */
  focus(...ids: string[]): void;
  announce(text: string): void;
}
