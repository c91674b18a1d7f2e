// Holds what is sent to the host, and what it answers, against its OpenAPI document.
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';

/** `people`: who may be named as the first argument of `checked`. */
export async function createContract(url, people) {
  const document = await (await fetch(`${url}/host/openapi.json`)).json();
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(document, 'api');

  /** The path of the document that a request is of. */
  const templateOf = (path) =>
    Object.keys(document.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .find((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.replace(/\?.*/, '')));

  const pointer = (...parts) => `api#/paths/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
  const schemaAt = (place) => ajv.getSchema(place.replaceAll('{', '%7B').replaceAll('}', '%7D')) ?? ajv.getSchema(place);

  /** Whether the document takes this body; undefined where it has none. */
  function takesBody(method, path, body) {
    const template = templateOf(path);
    if (!document.paths[template]?.[method.toLowerCase()]?.requestBody) return undefined;
    const validate = schemaAt(pointer(template, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'));
    return validate(body) || ajv.errorsText(validate.errors);
  }

  /** Calls, and holds what was sent (where it was taken) and the answer against the document. */
  async function checked(who, method, path, options) {
    const answer = await people[who].call(method, path, options);
    const template = templateOf(path);
    if (answer.status < 300 && options?.body !== undefined && typeof options.body !== 'string') assert.equal(takesBody(method, path, options.body), true, `${method} ${path}`);
    const described = document.paths[template]?.[method.toLowerCase()]?.responses[answer.status];
    assert.ok(described, `${method} ${path} answers ${answer.status}, which the document does not have: ${answer.text}`);
    const [type, { schema } = {}] = Object.entries(described.content ?? {})[0] ?? [];
    if (!schema) {
      assert.equal(answer.text, '');
      return answer;
    }
    assert.ok(answer.headers.get('content-type').startsWith(type), answer.headers.get('content-type'));
    const validate = schemaAt(pointer(template, method.toLowerCase(), 'responses', String(answer.status), 'content', type, 'schema'));
    assert.ok(validate, path);
    assert.ok(validate(answer.body), `${method} ${path}: ${JSON.stringify(validate.errors)}\n${answer.text}`);
    return answer;
  }

  return { document, templateOf, takesBody, checked };
}
