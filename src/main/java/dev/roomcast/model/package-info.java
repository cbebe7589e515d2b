/**
 * The models behind the answers: {@link dev.roomcast.model.Models} has them by name, each is a {@link dev.roomcast.model.LanguageModel}, and
 * behind that port stand the providers.
 *
 * <p>{@code assistant → model → room} (for {@link dev.roomcast.room.Refused} and {@link dev.roomcast.room.Reason} alone). Only this package knows providers.
 */
package dev.roomcast.model;
