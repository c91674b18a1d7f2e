import * as z from 'zod/mini';
// Not by `z.core`: some bundlers keep all of a namespace that one thing of is used.
import { $constructor } from 'zod/v4/core';

interface ChoiceDef extends z.core.$ZodTypeDef {
  readonly choose: (value: unknown) => z.ZodMiniType;
  readonly options: readonly z.ZodMiniType[];
}

const base: z.core.$constructor<z.ZodMiniType> = z.ZodMiniType;
const Choice: z.core.$constructor<z.ZodMiniType, ChoiceDef> = $constructor('Choice', (schema, def) => {
  base.init(schema, def);
  schema._zod.parse = (payload, context) => def.choose(payload.value)._zod.run(payload, context);
});

/**
 * A union, each value of which is parsed by the member that `choose` names for it. `z.union` tries one member after the other,
 * and of a value that fits none it tells what is wrong with all of them.
 *
 * @param members all of them, asked for by what reads a schema instead of parsing with it, such as `z.toJSONSchema`
 */
export const choice = <Member extends z.ZodMiniType>(
  members: () => readonly Member[],
  choose: (value: unknown) => Member,
): z.ZodMiniType<z.output<Member>, z.input<Member>> =>
  new Choice({
    type: 'union',
    choose,
    get options() {
      return members();
    },
  }) as z.ZodMiniType<z.output<Member>, z.input<Member>>;
