/// The pages on which people look at customers and accounts, one or many.
@NullMarked
package io.pulso.server.page.customer;

import org.jspecify.annotations.NullMarked;
