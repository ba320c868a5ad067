import { AUDIENCES, type Audience } from './audiences';

const page = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head>
<body>${body}</body>
</html>
`;

/** Links to every audience's page. */
export const indexPage = (): string =>
  page(
    'Tidegate APIs',
    '',
    `<h1>Tidegate APIs</h1><ul>${AUDIENCES.map(
      ({ name, title, description }) =>
        `<li><a href="/docs/${name}">${title}</a> (<a href="/openapi/${name}.json">OpenAPI 3.1</a>): ${description}</li>`,
    ).join('')}</ul>`,
  );

/** Swagger UI for one audience; its scripts are files, so that no inline script needs to be allowed. */
export const docsPage = ({ name, title }: Audience): string =>
  page(
    title,
    '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon-32x32.png">',
    `<div id="swagger-ui"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/${name}/start.js"></script>`,
  );

export const startScript = ({ name }: Audience): string =>
  `SwaggerUIBundle({ url: '/openapi/${name}.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;
