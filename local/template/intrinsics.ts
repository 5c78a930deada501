import type { Stack } from './assembly.ts';
import { createPhysical, type Endpoints, type Environment } from './physical.ts';

/** What `AWS::NoValue` resolves to: the property it stands for is left out. */
const NO_VALUE = undefined;

export interface Resolver {
  /** The value with every intrinsic function resolved. Throws an Error that names what cannot be resolved. */
  evaluate(value: unknown, stack: Stack): unknown;
  /** Whether the named condition holds; true without a name. */
  holds(condition: string | undefined, stack: Stack): boolean;
  nameOf(stack: Stack, logicalId: string): string;
  arnOf(stack: Stack, logicalId: string): string;
}

/**
 * Resolves the intrinsic functions of CloudFormation over all stacks of an assembly.
 * `parameters` are values by parameter name (`Issuer`) or by stack and name (`Service.Issuer`); defaults hold otherwise.
 */
export function createResolver(options: {
  stacks: readonly Stack[];
  environment: Environment;
  endpoints: Endpoints;
  parameters: Readonly<Record<string, string>>;
}): Resolver {
  const { stacks, environment, parameters } = options;

  const evaluate = (value: unknown, stack: Stack): unknown => {
    if (Array.isArray(value)) return value.map((item) => evaluate(item, stack)).filter((item) => item !== NO_VALUE);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && (only[0] === 'Ref' || only[0] === 'Condition' || only[0].startsWith('Fn::'))) {
      // `Condition` is also an ordinary property (of policies): it is an intrinsic only with a name of a condition.
      if (only[0] !== 'Condition') return intrinsic(only[0], only[1], stack);
      if (typeof only[1] === 'string') return holds(only[1], stack);
    }
    const result: Record<string, unknown> = {};
    for (const [key, item] of entries) {
      const evaluated = evaluate(item, stack);
      if (evaluated !== NO_VALUE) result[key] = evaluated;
    }
    return result;
  };

  const physical = createPhysical(stacks, environment, options.endpoints, evaluate);

  const reference = (name: string, stack: Stack): unknown => {
    switch (name) {
      case 'AWS::Region':
        return stack.region ?? environment.region;
      case 'AWS::AccountId':
        return environment.accountId;
      case 'AWS::Partition':
        return environment.partition;
      case 'AWS::URLSuffix':
        return environment.urlSuffix;
      case 'AWS::StackName':
        return stack.name;
      case 'AWS::StackId':
        return `arn:${environment.partition}:cloudformation:${environment.region}:${environment.accountId}:stack/${stack.name}/local`;
      case 'AWS::NotificationARNs':
        return [];
      case 'AWS::NoValue':
        return NO_VALUE;
    }
    const parameter = stack.template.Parameters?.[name];
    if (parameter) {
      const value = parameters[`${stack.name}.${name}`] ?? parameters[name] ?? parameter.Default;
      if (value === undefined) {
        throw new Error(`parameter ${name} of stack ${stack.name} has neither a value nor a default`);
      }
      const isList = parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<');
      return isList
        ? String(value)
            .split(',')
            .map((item) => item.trim())
        : value;
    }
    if (stack.template.Resources?.[name]) return physical.ref(stack, name);
    throw new Error(`Ref to ${name}, which stack ${stack.name} does not have`);
  };

  const attribute = (path: string, stack: Stack): unknown => {
    const [logicalId = '', ...rest] = path.split('.');
    if (!stack.template.Resources?.[logicalId]) {
      throw new Error(`Fn::GetAtt of ${logicalId}, which stack ${stack.name} does not have`);
    }
    return physical.attribute(stack, logicalId, rest.join('.'));
  };

  const imported = (name: string): unknown => {
    for (const stack of stacks) {
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export && evaluate(output.Export.Name, stack) === name) return evaluate(output.Value, stack);
      }
    }
    throw new Error(`no stack of the assembly exports ${name}`);
  };

  const substitute = (text: string, values: Record<string, unknown>, stack: Stack) =>
    text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in values) return String(evaluate(values[name], stack));
      return String(name.includes('.') ? attribute(name, stack) : reference(name, stack));
    });

  const holds = (condition: string | undefined, stack: Stack): boolean => {
    if (condition === undefined) return true;
    const definition = stack.template.Conditions?.[condition];
    if (definition === undefined) throw new Error(`stack ${stack.name} has no condition ${condition}`);
    return evaluate(definition, stack) === true;
  };

  const listOf = (argument: unknown): unknown[] => {
    if (!Array.isArray(argument)) throw new Error(`expected a list: ${JSON.stringify(argument)}`);
    return argument;
  };

  const intrinsic = (name: string, argument: unknown, stack: Stack): unknown => {
    const value = (index: number) => evaluate(listOf(argument)[index], stack);
    switch (name) {
      case 'Ref':
        return reference(String(argument), stack);
      case 'Fn::GetAtt':
        return attribute(
          Array.isArray(argument) ? argument.map((a) => evaluate(a, stack)).join('.') : String(argument),
          stack,
        );
      case 'Fn::Join':
        return listOf(value(1)).join(String(value(0)));
      case 'Fn::Split':
        return String(value(1)).split(String(value(0)));
      case 'Fn::Select':
        return listOf(value(1))[Number(value(0))];
      case 'Fn::Sub':
        return Array.isArray(argument)
          ? substitute(String(argument[0]), argument[1] ?? {}, stack)
          : substitute(String(argument), {}, stack);
      case 'Fn::ImportValue':
        return imported(String(evaluate(argument, stack)));
      case 'Fn::If': {
        const [condition, yes, no] = listOf(argument);
        return evaluate(holds(String(condition), stack) ? yes : no, stack);
      }
      case 'Fn::Equals':
        return String(value(0)) === String(value(1));
      case 'Fn::And':
        return listOf(argument).every((item) => evaluate(item, stack) === true);
      case 'Fn::Or':
        return listOf(argument).some((item) => evaluate(item, stack) === true);
      case 'Fn::Not':
        return value(0) !== true;
      case 'Fn::FindInMap':
        return stack.template.Mappings?.[String(value(0))]?.[String(value(1))]?.[String(value(2))];
      case 'Fn::Base64':
        return Buffer.from(String(evaluate(argument, stack))).toString('base64');
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => environment.region + zone);
      case 'Fn::Length':
        return listOf(evaluate(argument, stack)).length;
      case 'Fn::ToJsonString':
        return JSON.stringify(evaluate(argument, stack));
      default:
        throw new Error(`${name} (in stack ${stack.name}) is not an intrinsic function known here`);
    }
  };

  return { evaluate, holds, nameOf: physical.nameOf, arnOf: physical.arnOf };
}
