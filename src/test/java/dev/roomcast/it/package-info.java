/**
 * Tests from outside: the built WAR on a real server, the runnable jar, and a browser.
 *
 * <p>{@code roomcast.war → Deployed → *IT}
 */
package dev.roomcast.it;
