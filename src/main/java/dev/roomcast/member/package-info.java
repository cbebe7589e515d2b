/**
 * Who is here, and what they may do.
 *
 * <p>{@code connection → member → room}.
 */
package dev.roomcast.member;
