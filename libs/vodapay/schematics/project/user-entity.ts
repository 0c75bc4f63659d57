import type ts from 'typescript';
import { decoratorOf } from '../source/decorator-of.js';
import { findNodes } from '../source/find-nodes.js';
import type { Project } from './project.js';

/** An entity of the application that looks like its users. */
export interface UserEntity {
  readonly className: string;
  readonly path: string;
  readonly id: { readonly name: string; readonly type: 'string' | 'number' };
  /** The column that shows a name, if any. */
  readonly displayName: string | undefined;
  /** A column that says whether the account may be used: its name, and the value that means yes. */
  readonly active: { readonly name: string; readonly when: boolean } | undefined;
  /** Columns without a default that a new row must fill. */
  readonly required: readonly string[];
}

const CLASS_NAMES = ['User', 'Account', 'Customer', 'Member'].flatMap((name) => [name, `${name}Entity`]);
const DISPLAY_NAMES = ['displayName', 'nickName', 'nickname', 'name', 'fullName', 'username'];
const ACTIVE_COLUMNS = [
  { name: 'isActive', when: true },
  { name: 'active', when: true },
  { name: 'enabled', when: true },
  { name: 'disabled', when: false },
  { name: 'blocked', when: false },
] as const;
/** Column decorators whose value the database or TypeORM makes. */
const MADE_BY_ITSELF = /^(?:PrimaryGenerated|CreateDate|UpdateDate|DeleteDate|Version|Generated)/;

/** The user entity among the application's sources; the first of the usual names. */
export function findUserEntity(project: Project): UserEntity | undefined {
  const { typescript: api } = project;
  const found = project.sources().flatMap((path) =>
    findNodes(api, project.parse(path), api.isClassDeclaration)
      .filter((node) => decoratorOf(api, node, 'Entity') !== undefined)
      .flatMap((node) => readEntity(api, node, path)),
  );
  return found.toSorted((one, other) => rank(one) - rank(other))[0];
}

const rank = ({ className }: UserEntity): number => CLASS_NAMES.indexOf(className);

function readEntity(api: typeof ts, node: ts.ClassDeclaration, path: string): readonly UserEntity[] {
  const className = node.name?.text ?? '';
  if (!CLASS_NAMES.includes(className)) return [];
  const columns = node.members
    .filter((member) => api.isPropertyDeclaration(member))
    .flatMap((member) => readColumn(api, member));
  const id = columns.find(({ decorator }) => decorator.startsWith('Primary'));
  if (id === undefined) return [];
  const names = new Set(columns.map(({ name }) => name));
  const displayName = DISPLAY_NAMES.find((name) => names.has(name));
  return [
    {
      className,
      path,
      id: { name: id.name, type: /number/.test(id.type) ? 'number' : 'string' },
      displayName,
      active: ACTIVE_COLUMNS.find(({ name }) => names.has(name)),
      required: columns.filter((column) => column.required && column.name !== displayName).map(({ name }) => name),
    },
  ];
}

interface Column {
  readonly name: string;
  readonly decorator: string;
  readonly type: string;
  readonly required: boolean;
}

function readColumn(api: typeof ts, member: ts.PropertyDeclaration): readonly Column[] {
  const calls = (api.getDecorators(member) ?? [])
    .map(({ expression }) => expression)
    .filter((call) => api.isCallExpression(call));
  const call = calls.find(({ expression }) => expression.getText().endsWith('Column'));
  if (call === undefined) return [];
  const decorator = call.expression.getText();
  const type = member.type?.getText() ?? '';
  const settings = call.arguments.map((argument) => argument.getText()).join(' ');
  const filled =
    /nullable:\s*true|default:/.test(settings) || /\bnull\b/.test(type) || member.questionToken !== undefined;
  const made =
    decorator.startsWith('Primary') || calls.some(({ expression }) => MADE_BY_ITSELF.test(expression.getText()));
  return [{ name: member.name.getText(), decorator, type, required: !filled && !made }];
}
