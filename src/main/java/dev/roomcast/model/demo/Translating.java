package dev.roomcast.model.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates a dozen phrases into five languages, and says so honestly. */
final class Translating implements DemoTalent {

    private static final Pattern REQUEST = Pattern.compile("(?i)\\b(translat|übersetz|tradu)");
    private static final Pattern TARGET =
            Pattern.compile("(?i)\\b(?:in|into|to)\\s+(spanish|french|german|italian|portuguese)\\b");
    private static final List<String> LANGUAGES = List.of("Spanish", "French", "German", "Italian", "Portuguese");

    private static final Map<String, List<String>> PHRASES = Map.ofEntries(
            Map.entry("hello", List.of("Hola", "Bonjour", "Hallo", "Ciao", "Olá")),
            Map.entry("good morning", List.of("Buenos días", "Bonjour", "Guten Morgen", "Buongiorno", "Bom dia")),
            Map.entry("good evening", List.of("Buenas tardes", "Bonsoir", "Guten Abend", "Buonasera", "Boa noite")),
            Map.entry("goodbye", List.of("Adiós", "Au revoir", "Auf Wiedersehen", "Arrivederci", "Adeus")),
            Map.entry("please", List.of("Por favor", "S’il vous plaît", "Bitte", "Per favore", "Por favor")),
            Map.entry("thank you", List.of("Gracias", "Merci", "Danke", "Grazie", "Obrigado")),
            Map.entry("yes", List.of("Sí", "Oui", "Ja", "Sì", "Sim")),
            Map.entry("no", List.of("No", "Non", "Nein", "No", "Não")),
            Map.entry("welcome", List.of("Bienvenidos", "Bienvenue", "Willkommen", "Benvenuti", "Bem-vindos")),
            Map.entry(
                    "how are you",
                    List.of("¿Cómo estás?", "Comment ça va ?", "Wie geht es dir?", "Come stai?", "Como vai?")),
            Map.entry("see you tomorrow", List.of("Hasta mañana", "À demain", "Bis morgen", "A domani", "Até amanhã")),
            Map.entry(
                    "where is the station",
                    List.of(
                            "¿Dónde está la estación?",
                            "Où est la gare ?",
                            "Wo ist der Bahnhof?",
                            "Dov’è la stazione?",
                            "Onde fica a estação?")));

    @Override
    public Optional<String> tryAt(String prompt, List<String> talk) {
        if (!REQUEST.matcher(prompt).find()) {
            return Optional.empty();
        }
        Matcher target = TARGET.matcher(prompt);
        int language = target.find() ? LANGUAGES.indexOf(capitalised(target.group(1))) : -1;
        StringBuilder answer = new StringBuilder("| English |");
        columns(answer, LANGUAGES, language);
        answer.append("\n|---|")
                .append("---|".repeat(language < 0 ? LANGUAGES.size() : 1))
                .append('\n');
        boolean all = true;
        for (String sentence : Words.sentences(subject(prompt))) {
            List<String> known = PHRASES.get(plain(sentence));
            all &= known != null;
            answer.append("| ").append(sentence.replace('|', '/')).append(" |");
            columns(answer, known == null ? List.of("–", "–", "–", "–", "–") : known, language);
            answer.append('\n');
        }
        if (!all) {
            answer.append("\nWhat has a dash is not in my phrase book. It holds: ")
                    .append(String.join(", ", PHRASES.keySet().stream().sorted().toList()))
                    .append('.');
        }
        return Optional.of(answer.toString());
    }

    private static void columns(StringBuilder row, List<String> cells, int only) {
        for (int i = 0; i < cells.size(); i++) {
            if (only < 0 || only == i) {
                row.append(' ').append(cells.get(i)).append(" |");
            }
        }
    }

    private static String subject(String prompt) {
        String subject = Words.subject(prompt);
        if (!subject.isEmpty()) {
            return subject;
        }
        return TARGET.matcher(prompt)
                .replaceAll("")
                .replaceAll("(?i)^\\W*(please\\s+)?\\p{L}+\\s+(this\\b)?", "")
                .strip();
    }

    private static String plain(String phrase) {
        return phrase.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L} ]", "").strip();
    }

    private static String capitalised(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
