"use strict";
SwaggerUIBundle({
  url: "/api/v1/openapi.yaml",
  dom_id: "#contract",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  // Nothing in the address of the page may choose another contract or settings.
  queryConfigEnabled: false,
  validatorUrl: null,
  persistAuthorization: false,
});
