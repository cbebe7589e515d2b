/**
 * The model behind the answers: one port, {@link dev.roomcast.model.LanguageModel}, and the providers that stand behind it.
 *
 * <p>{@code assistant → model}. Only this package knows providers.
 */
package dev.roomcast.model;
