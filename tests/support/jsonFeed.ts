/** JSON Feed 1.1 as a JSON Schema, written from https://www.jsonfeed.org/version/1.1/. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const url = { type: 'string', format: 'uri', pattern: '^https?://' };
const text = { type: 'string', minLength: 1 };
const moment = { type: 'string', format: 'date-time' };
const authors = {
  type: 'array',
  items: {
    type: 'object',
    properties: { name: text, url, avatar: url },
    anyOf: [{ required: ['name'] }, { required: ['url'] }, { required: ['avatar'] }],
    additionalProperties: false,
  },
};

/** Extensions begin with an underscore and are objects, with "about" where they are explained. */
const extensions = { '^_[a-zA-Z]': { type: 'object', properties: { about: url } } };

const item = {
  type: 'object',
  required: ['id'],
  anyOf: [{ required: ['content_html'] }, { required: ['content_text'] }],
  properties: {
    id: text,
    url,
    external_url: url,
    title: { type: 'string' },
    content_html: { type: 'string' },
    content_text: { type: 'string' },
    summary: { type: 'string' },
    image: url,
    banner_image: url,
    date_published: moment,
    date_modified: moment,
    authors,
    tags: { type: 'array', items: { type: 'string' } },
    language: { type: 'string' },
    attachments: { type: 'array' },
    _dateline: {
      type: 'object',
      required: ['about', 'credit', 'rights', 'access', 'pictures', 'corrections'],
      properties: {
        pictures: {
          type: 'array',
          items: {
            type: 'object',
            required: ['url', 'credit', 'copyright', 'syndicatable'],
            properties: { url, credit: text, syndicatable: { const: true } },
          },
        },
      },
    },
  },
  patternProperties: extensions,
  additionalProperties: false,
};

const schema = {
  type: 'object',
  required: ['version', 'title', 'items'],
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: text,
    home_page_url: url,
    feed_url: url,
    description: { type: 'string' },
    user_comment: { type: 'string' },
    next_url: url,
    icon: url,
    favicon: url,
    authors,
    language: { type: 'string' },
    expired: { type: 'boolean' },
    hubs: {
      type: 'array',
      items: { type: 'object', required: ['type', 'url'], properties: { type: text, url } },
    },
    items: { type: 'array', items: item },
  },
  patternProperties: extensions,
  additionalProperties: false,
};

const ajv = new Ajv2020({ allErrors: true, allowMatchingProperties: true, strictRequired: false });
formats.default(ajv);
const validate = ajv.compile(schema);

/** What is wrong with a JSON Feed; nothing where it is valid. */
export function problemsOfJsonFeed(feed: unknown): string[] {
  validate(feed);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
