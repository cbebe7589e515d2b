/**
 * The built-in demo model: an OpenAI-shaped endpoint in this very application, asked over HTTP like any provider, so that
 * the default run takes the real path. {@code model → demo}, by its URL and key alone.
 *
 * <p>{@code DemoCompletions → DemoDoor → DemoQuestion → DemoAnswer → DemoStream}.
 */
package dev.roomcast.model.demo;
